"""The calendar cannot lie: a summer rehearsed day by day, then lived by the real jobs."""

from bot.config import Config
from bot.db.store import Store
from tests.jobs.rehearsed import Play
from tests.jobs.rehearsed_summer import BEGIN, END, Summer
from tests.support.clock import SetClock


def test_a_summer_goes_as_it_was_rehearsed(store: Store, campaign: Config, clock: SetClock) -> None:
    clock.at = BEGIN
    summer = Summer(store, campaign)
    summer.prepare()
    play = Play(store, campaign, clock, summer.acts)
    play.live(BEGIN, END)
    print(play.sums)
    assert play.differences == []
