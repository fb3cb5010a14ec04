"""Certificates: choosing a month, and having the paper made."""

from bot.chat.access import REGISTERED
from bot.chat.call import Call
from bot.chat.cards.hours import certificate as cards
from bot.chat.cards.hours.buttons import CertificateMonths, IssueCertificate
from bot.chat.screen import Answer
from bot.core.dates import local_day
from bot.features.certificates.queries import by_month
from bot.features.certificates.service import issue, statement_of
from bot.features.hours.queries import months_with_hours
from bot.features.making.service import is_under_way
from handlers.hours.feature import feature


@feature.press(CertificateMonths, REGISTERED)
def ask_month(call: Call, _: CertificateMonths) -> Answer:
    """Ask which month."""
    person_id = call.actor.person_id
    months = months_with_hours(call.work, person_id, most=cards.MOST_MONTHS)
    today = local_day(call.now, call.config.time.zone_info)
    return cards.months_screen(months, by_month(call.work, person_id, months), today)


@feature.press(IssueCertificate, REGISTERED)
def issue_certificate(call: Call, pressed: IssueCertificate) -> Answer:
    """Issue the certificate, or send it once more; pressed twice, it is made once."""
    certificate = issue(call.work, call.config, actor=call.actor, month=pressed.month)
    order = cards.order_of(certificate)
    if is_under_way(call.work, order, person_id=call.actor.person_id):
        return cards.under_way()
    replaced = statement_of(call.work, certificate).replaces
    return cards.started(certificate, replaced=replaced)
