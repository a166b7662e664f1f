"""Signing for a half-day through the participant's personal link."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.attendance import actions, queries, rules
from cordee.attendance.states import SIGN_BEFORE, Way
from cordee.kernel import clock
from cordee.kernel.periods import local
from cordee.planning.models import HalfDay
from cordee.web import kept
from cordee.web.guest.arrival import Arrival, own_page
from cordee.web.pages import carry_out, half_day_or_404, status_of
from cordee.web.request import Request
from cordee.web.signatures import SignatureForm, when
from cordee.web.stay import LeaveForm, own_form, take_with_arrival


@dataclass(frozen=True, slots=True)
class ToSign:
    """A half-day on the participant's page: signed, or to be signed now."""

    position: int
    when: str
    signed: bool
    open: bool


def to_sign(who: Arrival, half_days: Sequence[HalfDay]) -> list[ToSign]:
    """Return the half-days of the session that somebody has signed or can sign now: none is read before the day."""
    opens = min((h.starts_at for h in half_days), default=None)
    if opens is None or clock.now() < opens - SIGN_BEFORE:
        return []
    signed = queries.signed_by(who.person.pk)
    frozen = queries.standing_countersignatures(who.session.pk)
    found = [
        ToSign(
            h.position,
            when(h, who.session),
            h.pk in signed,
            h.pk not in frozen and not list(rules.can_be_signed_now(h, "")) and who.expected,
        )
        for h in half_days
    ]
    return [half_day for half_day in found if half_day.signed or half_day.open]


@own_page
def sign(request: Request, who: Arrival, position: int) -> HttpResponse:
    """Show what is signed, and take the signature."""
    half_day = half_day_or_404(who.session, position)
    half_day.session = who.session
    form = own_form(request, half_day)
    own = reverse("participant", args=[who.token])

    def do() -> str:
        given = form.given(request, Way.OWN_LINK)
        take_with_arrival(request, form, given, half_day=half_day, enrolment_id=who.person.pk, by=who.by)
        return own

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("Thank you, you have signed."))
        if answer:
            return answer
    context = _context(who, half_day, form) | {"organisation": request.viewer.organisation}
    response = render(request, "guest/sign.html", context, status=status_of(form))
    return kept.keep(response, kept.owner(f"link:{who.link_id}"), then=own)


@own_page
def leave(request: Request, who: Arrival, position: int) -> HttpResponse:
    """Have a participant say that they leave before the end."""
    half_day = half_day_or_404(who.session, position)
    stay = queries.stays(who.session.pk).get((who.person.pk, half_day.pk))
    form = LeaveForm(request.POST or None, initial={"left": local(clock.now(), who.session.time_zone).time()})

    def do() -> str:
        actions.tell_times(
            half_day_id=half_day.pk,
            enrolment_id=who.person.pk,
            arrived_at=stay.arrived_at if stay else None,
            left_at=form.left_at(half_day, who.session),
            by=who.by,
        )
        return reverse("participant", args=[who.token])

    if form.is_valid() and (answer := carry_out(request, form, do, done=_("Noted. Goodbye!"))):
        return answer
    context = {
        "page_url": reverse("participant", args=[who.token]),
        "session": who.session,
        "when": when(half_day, who.session),
        "form": form,
    }
    response = render(request, "guest/leave.html", context, status=status_of(form))
    return kept.keep(
        response, kept.owner(f"link:{who.link_id}"), then=reverse("participant", args=[who.token])
    )


def _context(who: Arrival, half_day: HalfDay, form: SignatureForm) -> dict[str, Any]:
    signature = queries.signed_by(who.person.pk).get(half_day.pk)
    return {
        "page_url": reverse("participant", args=[who.token]),
        "own": True,
        "leave_url": reverse("participant_leave", args=[who.token, half_day.position])
        if signature and not list(queries.closed_to(who.person, half_day))
        else "",
        "session": who.session,
        "name": who.person.participant.full_name,
        "when": when(half_day, who.session),
        "form": form,
        "signature": signature,
        "closed": [] if signature else list(queries.closed_to(who.person, half_day)),
    }
