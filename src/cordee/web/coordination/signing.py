"""Signatures of a session, half-day by half-day: who signed, the phone handed round, the countersignature."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.attendance import actions, queries, rules
from cordee.attendance.models import PRESENCE_LABELS, HalfDayRecord, Signature
from cordee.attendance.states import HERE, SIGN_BEFORE, PresenceState, Way
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.kernel.refusals import Blocker
from cordee.missions.rules import is_running
from cordee.planning import queries as planning
from cordee.planning.models import HalfDay, Session
from cordee.planning.rules import is_planned
from cordee.surveys import queries as surveys
from cordee.web import kept
from cordee.web.coordination.belated import DecideForm, questions
from cordee.web.coordination.refusals import with_ways_out
from cordee.web.fields import QuestionField
from cordee.web.kept import was_kept
from cordee.web.pages import (
    HouseForm,
    carry_out,
    enrolment_or_404,
    half_day_or_404,
    page,
    session_or_404,
    status_of,
)
from cordee.web.request import Request
from cordee.web.signatures import SignatureForm, when
from cordee.web.stay import LateSignatureForm, own_form, take_with_arrival


class ReopenForm(HouseForm):
    """Why a countersigned half-day is opened again."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


class AfterwardsForm(LateSignatureForm):
    """A signature given when the half-day is over."""

    late_because = forms.CharField(label=gettext_lazy("Why it was not signed in time"), max_length=500)


class CountersignForm(SignatureForm):
    """A countersignature, with the question that is asked while people can still sign."""

    despite_unsigned = QuestionField(label=gettext_lazy("Countersign all the same"))


@dataclass(frozen=True, slots=True)
class Signer:
    """One person on the list of a half-day."""

    name: str
    signed: Signature | None
    presence: str
    sign_url: str
    """Where the facilitator has them sign; empty when that is not possible."""


@dataclass(frozen=True, slots=True)
class Half:
    """One half-day on the page."""

    position: int
    when: str
    begun: bool
    people: list[Signer]
    signed: int
    countersigned: list[Signature]
    record: HalfDayRecord | None
    own: bool
    """Tells whether the viewer's countersignature is the one that is missing."""


@page()
def signing(request: Request, ref: str) -> HttpResponse:
    """Show who signed, and what is to be done next."""
    session = session_or_404(request, ref)
    may = may_record(request, session)
    blockers: list[Blocker] = [*is_running(session.mission), *is_planned(session)]
    context = {
        "session": session,
        "mission": session.mission,
        "halves": _halves(request, session, open_to=may and not blockers),
        "may": may and not blockers,
        "questions": questions(session) if may and not blockers else [],
        "decide": DecideForm(),
        "locked": with_ways_out(blockers, {}),
    }
    template = "coordination/_signing.html" if request.htmx else "coordination/signing.html"
    response = render(request, template, context)
    return response if request.htmx else kept.keep(response, kept.account(request.viewer), then=request.path)


@page()
def signing_code(request: Request, ref: str) -> HttpResponse:
    """Show the code of the session large, for a beamer or a tablet: people scan it, choose their name and sign."""
    session = session_or_404(request, ref)
    if not may_record(request, session):
        raise PermissionDenied
    code = queries.code_shown(session.pk)
    open_now = [h for h in planning.half_days(session.pk) if not list(rules.can_be_signed_now(h, ""))]
    context = {
        "session": session,
        "mission": session.mission,
        "code": f"{code[:3]} {code[3:]}",
        "picture": square(settings.BASE_URL + reverse("room_by_code", args=[code])),
        "typed_at": settings.BASE_URL + reverse("room_code"),
        "people": len(enrolment.enrolments(session.pk)),
        "halves": [(when(h, session), len(queries.signed(h.pk))) for h in open_now],
        "asks": surveys.opens_in_room(session),
    }
    template = "coordination/_signing_code.html" if request.htmx else "coordination/signing_code.html"
    return render(request, template, context)


def square(text: str) -> str:
    """Return the QR code of a text as an SVG to stand in the page."""
    code = segno.make(text, error="m", micro=False)
    drawn: str = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from an address of ours


def may_record(request: Request, session: Session) -> bool:
    """Tell whether the viewer runs the session or its mission."""
    return not list(rules.may_record(session, request.viewer.actor))


def _halves(request: Request, session: Session, *, open_to: bool) -> list[Half]:
    people = list(enrolment.enrolments(session.pk))
    marks = queries.grid(session.pk)
    records = {r.half_day_id: r for r in queries.standing_records(session.pk)}
    signed = queries.signed_on(session.pk)
    standing = queries.standing_countersignatures(session.pk)
    place = planning.confirmed_place(session.pk, request.viewer.actor.facilitator_id)
    now = clock.now()

    def half(h: HalfDay) -> Half:
        countersigned = standing.get(h.pk, [])
        reachable = open_to and not countersigned and now >= h.starts_at - SIGN_BEFORE
        given = signed.get(h.pk, {})
        return Half(
            position=h.position,
            when=when(h, session),
            begun=h.starts_at <= now,
            people=[_signer(session, h, p, given, marks, reachable=reachable) for p in people],
            signed=sum(p.pk in given for p in people),
            countersigned=countersigned,
            record=records.get(h.pk),
            own=place is not None and place.pk not in {s.assignment_id for s in countersigned},
        )

    return [half(h) for h in planning.half_days(session.pk)]


def _signer(
    session: Session,
    half_day: HalfDay,
    person: Enrolment,
    given: dict[int, Signature],
    marks: dict[tuple[int, int], str],
    *,
    reachable: bool,
) -> Signer:
    signature, mark = given.get(person.pk), marks.get((person.pk, half_day.pk))
    can_sign = reachable and signature is None and (mark is None or mark in HERE)
    return Signer(
        name=person.participant.full_name,
        signed=signature,
        presence=str(PRESENCE_LABELS[PresenceState(mark)]) if mark else "",
        sign_url=reverse("sign_for", args=[session.ref, half_day.position, person.pk]) if can_sign else "",
    )


@page()
def sign_for(request: Request, ref: str, position: int, enrolment_id: int) -> HttpResponse:
    """Have somebody sign on the facilitator's phone."""
    session, half_day = _half_day(request, ref, position)
    person = enrolment_or_404(request, session, enrolment_id)
    late = clock.now() > half_day.ends_at
    half_day.session = session
    form = AfterwardsForm(request.POST or None) if late else own_form(request, half_day)
    if late and was_kept(request):  # filled in while nobody was late; why it comes now is known
        form.fields["late_because"].required = False

    def do() -> None:
        given = form.given(request, Way.HANDED_ROUND, late_because=form.cleaned_data.get("late_because", ""))
        by = request.viewer.actor
        take_with_arrival(request, form, given, half_day=half_day, enrolment_id=person.pk, by=by)

    name = person.participant.full_name
    done = _("%(name)s has signed.") % {"name": name}
    return _with_pad(request, session, half_day, form, do, done=done, context={"name": name, "late": late})


@page()
def countersign(request: Request, ref: str, position: int) -> HttpResponse:
    """Have the facilitator confirm by signature who was there."""
    session, half_day = _half_day(request, ref, position)
    form = CountersignForm(request.POST or None)

    def do() -> None:
        given = form.given(request, Way.ACCOUNT)
        actions.countersign(
            half_day_id=half_day.pk,
            given=given,
            despite_unsigned=form.cleaned_data["despite_unsigned"],
            by=request.viewer.actor,
        )

    marks = queries.grid(session.pk)
    people = [
        (p.participant.full_name, PRESENCE_LABELS[PresenceState(mark)])
        for p in enrolment.enrolments(session.pk)
        if (mark := marks.get((p.pk, half_day.pk)))
    ]
    context = {
        "countersigning": True,
        "people": people,
        "record": queries.standing_record(half_day.pk),
        "words": _("By signing I confirm who was there during this half-day, as listed above."),
    }
    done = _("The half-day is countersigned: nothing in it changes any more.")
    return _with_pad(request, session, half_day, form, do, done=done, context=context)


@page()
def reopen(request: Request, ref: str, position: int) -> HttpResponse:
    """Open a countersigned half-day again."""
    session, half_day = _half_day(request, ref, position)
    form = ReopenForm(request.POST or None)

    def do() -> str:
        reason = form.cleaned_data["reason"]
        actions.reopen(half_day_id=half_day.pk, reason=reason, by=request.viewer.actor)
        return _back(session)

    if form.is_valid() and (answer := carry_out(request, form, do, done=_("The half-day is open again."))):
        return answer
    context = {"session": session, "mission": session.mission, "when": when(half_day, session), "form": form}
    return render(request, "coordination/reopen_half_day.html", context, status=status_of(form))


def _half_day(request: Request, ref: str, position: int) -> tuple[Session, HalfDay]:
    """Return a half-day of a session whose presence the viewer records."""
    session = session_or_404(request, ref)
    if not may_record(request, session):
        raise PermissionDenied
    return session, half_day_or_404(session, position)


def _with_pad(
    request: Request,
    session: Session,
    half_day: HalfDay,
    form: SignatureForm,
    act: Callable[[], None],
    *,
    done: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show the box to sign in, or carry the signature out and go back to the list."""

    def do() -> str:
        act()
        return _back(session)

    if form.is_valid() and (answer := carry_out(request, form, do, done=done)):
        return answer
    context |= {
        "session": session,
        "mission": session.mission,
        "when": when(half_day, session),
        "form": form,
        "organisation": request.viewer.organisation,
    }
    response = render(request, "coordination/sign.html", context, status=status_of(form))
    return kept.keep(response, kept.account(request.viewer), then=_back(session))


def _back(session: Session) -> str:
    return reverse("signing", args=[session.ref])
