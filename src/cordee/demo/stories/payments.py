"""Where the money of a year went: batches paid, an invoice contested, one put right, one given that differs."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from cordee.accounting import actions as accounting
from cordee.demo import papers
from cordee.demo.stage import Stage, Story, actor, working_day
from cordee.fees import actions as fees
from cordee.fees import queries as owed
from cordee.fees.queries import Stated
from cordee.invoices import actions as invoices
from cordee.invoices.states import InvoiceState
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.money import Money
from cordee.kernel.periods import Month
from cordee.kernel.refusals import Refused
from cordee.network import queries as network
from cordee.payments import actions, queries

_BY_MAIL = Actor(ActorKind.LINK)
_AHEAD = timedelta(days=40)
"""Paid before they are due: what was billed in the demonstration's year is not all old enough."""


_WRONG = ("Nous avions convenu de 300 €.", "Ce n’était pas moi ce jour-là.")


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell them all."""
    for days in (-90, -40):
        yield paid(stage, days)
    yield closed(stage)
    yield contested(stage)
    yield given(stage)
    yield waiting(stage)


def paid(stage: Stage, days: int) -> Story[None]:
    """Farid prepares what is due, Fanny approves, the bank pays the day after."""
    yield stage.moment(stage.day(days), "17:00")
    invoices.accept_silent()
    try:
        batch = actions.prepare(
            execute_on=clock.today() + timedelta(days=1), due_by=clock.today() + _AHEAD, by=stage.farid
        )
    except Refused:  # a quiet month
        return
    yield stage.moment(stage.day(days), "17:20")
    actions.approve(batch_id=batch.pk, by=stage.fanny)
    actions.export(batch_id=batch.pk, by=stage.farid)
    yield stage.moment(stage.day(days + 1), "09:00")
    actions.mark_executed(batch_id=batch.pk, on=clock.today(), by=stage.farid)


def closed(stage: Stage) -> Story[None]:
    """In the course of last month Farid closed the books up to the month before."""
    day = working_day(stage.today.replace(day=1) - timedelta(days=20))
    yield stage.moment(day, "10:30")
    before = Month.of(day.replace(day=1) - timedelta(days=1))
    accounting.close_through(month=before, by=stage.farid)


def contested(stage: Stage) -> Story[None]:
    """Two suppliers find something wrong: one invoice is credited and issued anew, finance still looks at the other."""
    yield stage.moment(stage.day(-2), "10:10")
    invoices.accept_silent()
    issued = list(owed.issued(InvoiceState.ISSUED).order_by("-pk")[:2])
    for payable, words in zip(issued, _WRONG, strict=False):
        if payable.invoice:
            line = payable.invoice.lines.order_by("position")[0]
            invoices.contest(invoice_id=payable.invoice.pk, reasons={line.pk: words}, by=_BY_MAIL)
    yield stage.moment(stage.day(-1), "11:30")
    if issued:
        fees.correct(
            payable_id=issued[0].pk,
            amounts={1: Money(Decimal(300))},
            reason="C’est juste : 300 € étaient convenus pour ce groupe.",
            by=stage.farid,
        )


def given(stage: Stage) -> Story[None]:
    """A supplier sends an invoice of its own, ten euros more than what is due."""
    yield stage.moment(stage.day(-1), "14:00")
    payable = owed.expected().first()
    if payable is None:
        return
    person = network.with_ids(owed.people_of(payable))[0]
    total, number = payable.total_excl + 10, f"{clock.today().year}-031"
    fees.give_invoice(
        payable_id=payable.pk,
        content=papers.invoice(number, seller=payable.supplier.name, total=total),
        stated=Stated(
            number=number,
            issued_on=clock.today(),
            excl=total,
            vat=Decimal(0),
            total=total,
        ),
        by=actor(person),
    )


def waiting(stage: Stage) -> Story[None]:
    """A batch waits for the second person."""
    yield stage.moment(stage.day(-1), "16:40")
    invoices.accept_silent()
    if queries.proposals(by_day=clock.today() + _AHEAD)[0]:
        actions.prepare(
            execute_on=clock.today() + timedelta(days=3), due_by=clock.today() + _AHEAD, by=stage.farid
        )
