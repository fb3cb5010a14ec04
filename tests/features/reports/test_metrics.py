"""Which metric a name and a number mean (REP-07)."""

from bot.config import Config
from bot.features.reports.metrics import counted_as, find_metrics


def test_a_name_that_looks_alike_does_not_swallow_a_number_of_another_measure(
    campaign: Config,
) -> None:
    found = find_metrics(campaign, "资料")
    own = [campaign.metric("materials_distributed")]
    assert [metric.slug for metric in found] == ["readers_distributed"]
    offered = counted_as(found, "200余份", own=own)
    assert [metric.slug for metric in offered] == ["materials_distributed", "readers_distributed"]


def test_the_measure_decides_between_names(campaign: Config) -> None:
    found = [campaign.metric("readers_distributed"), campaign.metric("leaflets_distributed")]
    assert counted_as(found, "5000余份", own=[]) == [campaign.metric("leaflets_distributed")]


def test_a_bare_number_leaves_the_names_as_they_are(campaign: Config) -> None:
    found = find_metrics(campaign, "横幅")
    assert counted_as(found, "120", own=[]) == found
    assert counted_as(found, None, own=[]) == found
