"""Who may do what in planning posts."""

from bot.chat.cards import places
from bot.chat.cards.planning import buttons as planning
from bot.chat.cards.planning import duties
from bot.core.roles import Role
from tests.security.circles import ALL, OFFICE, May

PLANNING: dict[type, May] = {
    planning.ShowBoard: May(OFFICE, lambda _: planning.ShowBoard(None, 1)),
    planning.ShowUncovered: May(OFFICE, lambda _: planning.ShowUncovered(None, 1)),
    planning.ShowDrafts: May(OFFICE, lambda _: planning.ShowDrafts(1)),
    planning.PublishDraft: May(OFFICE, lambda it: planning.PublishDraft(it.own_post, sure=True)),
    planning.ShowBatch: May(OFFICE, lambda it: planning.ShowBatch(it.batch)),
    planning.PublishBatch: May(OFFICE, lambda it: planning.PublishBatch(it.batch, sure=True)),
    planning.UndoBatch: May(OFFICE, lambda it: planning.UndoBatch(it.batch, sure=True)),
    planning.KeepAsDraft: May(
        frozenset({Role.coordinator.value}),
        lambda it: planning.KeepAsDraft("copyposts", it.copy_draft),
    ),
    planning.ShowTemplates: May(OFFICE, lambda _: planning.ShowTemplates()),
    planning.RemoveTemplate: May(
        OFFICE, lambda it: planning.RemoveTemplate(it.template, sure=True)
    ),
    duties.ShowDuties: May(ALL, lambda it: duties.ShowDuties(it.own_post)),
    duties.ShowKindDuties: May(OFFICE, lambda _: duties.ShowKindDuties("shichang")),
    duties.ListDuties: May(OFFICE, lambda _: duties.ListDuties()),
    planning.ShowPlans: May(OFFICE, lambda _: planning.ShowPlans()),
    places.ShowPlaces: May(OFFICE, lambda _: places.ShowPlaces(closed=False, page=1)),
    places.OpenPlace: May(OFFICE, lambda it: places.OpenPlace(it.place)),
    places.ClosePlace: May(OFFICE, lambda it: places.ClosePlace(it.place, closed=True)),
}
