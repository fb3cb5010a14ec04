"""Who may begin which conversation, answer which message, and follow which link."""

from tests.security.circles import (
    ALL,
    CONTACT,
    IN_CHARGE,
    LEADING,
    OFFICE,
    READERS,
    REGISTERED,
    REGISTRARS,
    May,
)
from tests.security.expected_hours import HOUR_FLOWS

FLOWS: dict[str, frozenset[str]] = {
    **HOUR_FLOWS,
    "join": ALL,
    "enrol": REGISTRARS,
    "teamplan": LEADING,
    "rename": REGISTERED,
    "newpost": OFFICE,
    "postedit": OFFICE,
    "flip": OFFICE,
    "postsize": OFFICE,
    "checkin": REGISTERED,
    "closing": IN_CHARGE,
    "postreport": CONTACT,
    "series": OFFICE,
    "copyposts": OFFICE,
    "template": OFFICE,
    "dutycard": OFFICE,
    "place": OFFICE,
    "placeedit": OFFICE,
    "notice": OFFICE,
    "answer": OFFICE,
    "bulltitle": OFFICE,
    "bullfore": OFFICE,
    "bullitem": OFFICE,
    "meeting": OFFICE,
    "meetmove": OFFICE,
    "meetleave": REGISTERED,
    "meetsub": REGISTERED,
    "minutes": OFFICE,
    "nt_name": OFFICE,
    "return": OFFICE,
    "filingback": OFFICE,
    "documentback": OFFICE,
    "member": OFFICE,
    "find": READERS,
    "supply": CONTACT,
    "report": CONTACT,
    "pasted": CONTACT,
    "rework": CONTACT,
    "month": CONTACT,
    "explain": CONTACT,
    "nothing": CONTACT,
    "plan": CONTACT,
    "duewords": CONTACT,
    "order": OFFICE,
    "movedue": OFFICE,
    "document": CONTACT,
    "register": OFFICE,
}

REPLIES: dict[str, frozenset[str]] = {
    "obligation:": CONTACT,
    "notice:": REGISTERED,
    "notice-reply:": OFFICE,
}

LINKS: dict[str, May] = {
    "post": May(ALL, lambda it: it.own_post),
    "team": May(ALL, lambda it: it.team_code),
    "guard": May(ALL, lambda it: it.guardian_code),
    "in": May(ALL, lambda it: f"{it.own_post}_1_ab"),
    "sub": May(ALL, lambda it: it.cover.code),
}
"""Links into the private chat by their prefix; `own` makes what follows it."""
