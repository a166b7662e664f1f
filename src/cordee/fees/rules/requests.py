"""When fees may be asked for, approved and returned."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.fees.models import FeeLine, FeeRequest, Payable
from cordee.fees.states import MACHINE, RequestStatus
from cordee.invoices.states import Kind
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.days import LONG, day_text
from cordee.kernel.money import Money
from cordee.kernel.periods import Month
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus

MOST: Final = Money(Decimal("999999.99"))
"""Of one unit of a fee, excluding VAT."""


def has_ended(session: Session) -> Iterator[Blocker]:
    """Fees are asked for once the session has ended."""
    if session.ends_at > clock.now():
        yield Blocker(
            "session_to_come",
            _("%(session)s has not ended yet.") % {"session": session.ref},
            _("Its fees can be asked for from %(day)s on.")
            % {"day": day_text(session.ends.date(), LONG, get_language() or "fr")},
            Turn.TIME,
            subject=session.ref,
        )


def not_asked_for(session_id: int, facilitator_id: int | None) -> Iterator[Blocker]:
    """What a fee was asked for stays on record as long as the request stands."""
    lines = FeeLine.objects.filter(session_id=session_id, released=False)
    if facilitator_id is not None:
        lines = lines.filter(facilitator_id=facilitator_id)
    line = lines.select_related("request", "session", "facilitator__user").order_by("pk").first()
    if line and line.session:
        yield Blocker(
            "fee_requested",
            _("The fee of %(name)s for %(session)s was already asked for (%(ref)s).")
            % {
                "name": line.facilitator.full_name,
                "session": line.session.ref,
                "ref": line.request.ref,
            },
            _("Ask finance to return the request first."),
            Turn.FINANCE,
            subject=line.session.ref,
        )


def is_confirmed(place: Assignment) -> Iterator[Blocker]:
    """Only those who confirmed are paid."""
    if place.status != AssignmentStatus.CONFIRMED:
        yield Blocker(
            "not_confirmed",
            _("%(name)s has not confirmed %(session)s.")
            % {"name": place.facilitator.full_name, "session": place.session.ref},
            _("Set the status on the session: confirmed, if they ran it."),
            Turn.COORDINATOR,
            subject=place.session.ref,
        )


def has_a_rate(rate: object, session: Session) -> Iterator[Blocker]:
    """The amount comes from the order line, or from the schedule in force on the day of the session."""
    if rate is None:
        yield Blocker(
            "no_rate",
            _("No fee is set for %(service)s (%(sector)s) on the day of %(session)s.")
            % {
                "service": session.line.service_type.name,
                "sector": session.mission.order.get_sector_display(),
                "session": session.ref,
            },
            _("Ask operations to complete the fee schedule, or to set the fee on the order line."),
            Turn.OPERATIONS,
            subject=session.ref,
        )


def once_a_month(
    *, limited: bool, already: FeeRequest | None, allowed: bool, month: Month
) -> Iterator[Blocker]:
    """At most one request per mission and calendar month, unless finance gives leave."""
    if limited and already and not allowed:
        yield Blocker(
            "once_a_month",
            _("Fees were already asked for this month on this mission (%(ref)s).") % {"ref": already.ref},
            _("Ask again from %(day)s on, or ask finance to allow one more request.")
            % {"day": day_text(month.next.first_day, LONG, get_language() or "fr")},
            Turn.FINANCE,
        )


def something_is_asked(count: int) -> Iterator[Blocker]:
    if not count:
        yield Blocker(
            "nothing_to_request",
            _("There is no fee to ask for now."),
            _("Fees can be asked for once a session has ended and its facilitators are confirmed."),
        )


def total_is_as_shown(total: Money, expected: Money | None) -> Iterator[Blocker]:
    """What leaves the house is what was seen before."""
    if expected is not None and total != expected:
        yield Blocker(
            "changed_meanwhile",
            _("The fees that can be asked for have changed since this page was loaded."),
            _("Check them below as they are now, then ask again."),
        )


def may_decide(actor: Actor) -> Iterator[Blocker]:
    """Finance approves and returns fee requests."""
    if not actor.may(Permission.DECIDE_FEES):
        yield Blocker(
            "not_finance",
            _("Only finance can decide on fee requests."),
            _("Ask finance."),
            Turn.FINANCE,
        )


def can_move(request: FeeRequest, move: str) -> Iterator[Blocker]:
    """A request that was decided stays decided."""
    if not MACHINE.allows(move, request):
        yield Blocker(
            "already_decided",
            _("%(ref)s was already decided: %(status)s.")
            % {"ref": request.ref, "status": request.get_status_display()},
            _("Load the page again to see by whom and when."),
            Turn.FINANCE,
        )


def has_a_reason(reason: str) -> Iterator[Blocker]:
    if not reason.strip():
        yield Blocker(
            "no_reason",
            _("Give a reason: it stays on record."),
            _("Say what is to be put right."),
            Turn.FINANCE,
            "reason",
        )


def coordination_is_not_paid(request: FeeRequest | None) -> Iterator[Blocker]:
    """A mission whose coordination fee was approved is not reopened: it would be paid twice."""
    if request and request.status == RequestStatus.APPROVED:
        yield Blocker(
            "coordination_approved",
            _("The coordination fee (%(ref)s) was already approved by finance.") % {"ref": request.ref},
            _("Agree with finance how to put it right; record a new order for what remains."),
            Turn.FINANCE,
        )


def can_be_corrected(payable: Payable) -> Iterator[Blocker]:
    """What Cordée issued is credited once; a supplier's own invoice is its supplier's to correct."""
    if payable.invoice is None:
        yield Blocker(
            "not_issued_here",
            _("This invoice was not issued by Cordée."),
            _("Return it to the supplier, with the reason."),
            Turn.FINANCE,
        )
    elif payable.invoice.kind == Kind.CREDIT_NOTE or Payable.objects.filter(credits=payable).exists():
        yield Blocker(
            "already_credited",
            _("%(number)s was already credited.") % {"number": payable.invoice.number},
            _("Load the page again: the invoice that takes its place is named there."),
            Turn.FINANCE,
        )


def amounts_are_right(amounts: Mapping[int, Money]) -> Iterator[Blocker]:
    """A fee that is worth nothing is not billed: its request is returned instead."""
    if any(amount > MOST for amount in amounts.values()):
        yield Blocker(
            "amount_too_large",
            _("This amount is larger than any fee."),
            _("Give the right amount excluding VAT."),
            Turn.FINANCE,
            "amounts",
        )
    if any(amount <= Money.zero() for amount in amounts.values()):
        yield Blocker(
            "amount_not_positive",
            _("An amount on an invoice is more than zero."),
            _("Give the right amount excluding VAT."),
            Turn.FINANCE,
            "amounts",
        )
