"""Who may do what with hours of volunteers."""

from datetime import date

from bot.chat.cards.hours import buttons as hours
from tests.security.circles import IN_CHARGE, OFFICE, REGISTERED, May

HOURS: dict[type, May] = {
    hours.MyHours: May(REGISTERED, lambda _: hours.MyHours(1)),
    hours.CertificateMonths: May(REGISTERED, lambda _: hours.CertificateMonths()),
    hours.IssueCertificate: May(REGISTERED, lambda _: hours.IssueCertificate(date(2024, 6, 1))),
    hours.HoursDesk: May(IN_CHARGE, lambda _: hours.HoursDesk(1)),
    hours.OpenRequest: May(IN_CHARGE, lambda things: hours.OpenRequest(things.hours.own)),
    hours.GrantHours: May(IN_CHARGE, lambda things: hours.GrantHours(things.hours.own)),
    hours.PostsWithHours: May(IN_CHARGE, lambda _: hours.PostsWithHours()),
    hours.PostHours: May(IN_CHARGE, lambda things: hours.PostHours(things.own_post, 1)),
    hours.ExportHours: May(OFFICE, lambda _: hours.ExportHours(plain=True)),
}

HOUR_FLOWS: dict[str, frozenset[str]] = {
    "houradd": REGISTERED,
    "hourwrong": REGISTERED,
    "hourfix": IN_CHARGE,
    "hourno": IN_CHARGE,
}
