"""Handing invoices over to the approved platform, and keeping what it tells of them."""

import logging
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cordee.files import queries as files
from cordee.invoices import queries
from cordee.invoices.actions.answering import contest_whole
from cordee.invoices.actions.holding import held
from cordee.invoices.facts import InvoiceHandedOver, InvoiceStatusTold
from cordee.invoices.life_cycle import News
from cordee.invoices.models import Transmission, TransmissionNews
from cordee.invoices.platforms import NotReached, NotTaken, Platform, platform_at
from cordee.invoices.states import TRANSMISSION, TransmissionState
from cordee.jobs.alone import alone
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import SYSTEM, Actor
from cordee.organisation.queries import the_organisation

log = logging.getLogger(__name__)

_ALONE: Final = "transmit-invoices"
_LONGEST_PROBLEM: Final = 300
_CODES: Final = {str(state) for state in TransmissionState if str(state).isdecimal()}
_FIRST_NEWS: Final = timedelta(days=30)


def transmit() -> None:
    """Hand over what waits, and ask for news. Does nothing without a platform. Safe to run twice.

    One process at a time; where the platform does not answer, all waits for the next time.
    """
    platform = _platform()
    if platform is None or not the_organisation().transmit_invoices:
        return
    with alone(_ALONE) as mine:
        if not mine:
            return
        try:
            for transmission in queries.to_hand_over():
                _hand_over(transmission, platform)
            for news in platform.news(queries.news_since(clock.now() - _FIRST_NEWS)):
                tell(news=news, by=SYSTEM)
        except NotReached as error:
            log.warning("The platform was not reached: %s", error)


def _platform() -> Platform | None:
    where = settings.ENV
    return platform_at(
        where.platform,
        token_url=where.platform_token_url,
        client=where.platform_client,
        secret=where.platform_secret,
    )


def _hand_over(transmission: Transmission, platform: Platform) -> None:
    """Hand one over: the same file under the same number, should it have been killed before it was noted."""
    invoice = transmission.invoice
    if invoice.file is None:
        return
    try:
        reference = platform.take(number=invoice.number, pdf=files.content(invoice.file))
    except NotTaken as error:
        problem = str(error)[:_LONGEST_PROBLEM]
        Transmission.objects.filter(pk=transmission.pk).update(problem=problem)
        return
    with transaction.atomic():
        row = Transmission.objects.select_for_update().get(pk=transmission.pk)
        if TRANSMISSION.allows("hand_over", row):
            TRANSMISSION.move(row, "hand_over")
            row.reference, row.handed_over_at, row.problem = reference[:200], clock.now(), ""
            row.save(update_fields=["state", "reference", "handed_over_at", "problem"])
            journal.record(InvoiceHandedOver(invoice_id=invoice.pk, number=invoice.number), by=SYSTEM)


@transaction.atomic
def tell(*, news: News, by: Actor) -> bool:
    """Keep what was told of an invoice, once, and move it on; told late, it moves nothing back. Who refuses an invoice
    on its platform contests it: silence is no acceptance then.

    Return whether it was news: of an invoice that is not ours, or was never handed over, nothing is kept.
    """
    found = queries.handed_over(news.number)
    if found is None:
        return False
    invoice = held(found.invoice_id)
    row = Transmission.objects.select_for_update().get(pk=found.pk)
    _kept, new = TransmissionNews.objects.get_or_create(
        transmission=row,
        code=news.code,
        at=news.at,
        defaults={"message": news.message, "told_at": clock.now()},
    )
    if not new:
        return False
    if news.code in _CODES and TransmissionState(news.code) in TRANSMISSION.targets(row):
        TRANSMISSION.move(row, TRANSMISSION.leading_to(TransmissionState(news.code), row))
        row.save(update_fields=["state"])
        if row.state == TransmissionState.REFUSED:
            contest_whole(invoice, news.message, on=timezone.localdate(news.at), by=by)
    fact = InvoiceStatusTold(invoice_id=row.invoice_id, number=news.number, code=news.code)
    journal.record(fact, by=by)
    return True
