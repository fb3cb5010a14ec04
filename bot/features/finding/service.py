"""Remembering what somebody looks for while they turn its pages."""

from sqlalchemy import delete

from bot.core.errors import StaleButton
from bot.db.work import View, Work
from bot.features.finding.models import Search
from bot.features.people.forgetting import Forgotten, erases


def remember(work: Work, person_id: int, text: str) -> Search:
    """Keep what a person looks for, in place of what it was before."""
    search = work.session.get(Search, person_id, with_for_update=True)
    if search is None:
        search = Search(person_id=person_id, version=0, text=text, at=work.now)
        work.session.add(search)
    search.version += 1
    search.text, search.at = text, work.now
    work.session.flush()
    return search


def get_search(view: View, person_id: int, version: int) -> Search:
    """Return a person's search. Raises StaleButton when they look for something else by now."""
    search = view.session.get(Search, person_id)
    if search is None or search.version != version:
        raise StaleButton
    return search


@erases
def erase_search(work: Work, who: Forgotten) -> None:
    """Delete what the person looked for last."""
    work.session.execute(delete(Search).where(Search.person_id == who.person_id))
