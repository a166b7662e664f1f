"""The participant's own page: one link, no account, and what it shows changes with time."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.certificates import queries as certificates
from cordee.enrolment import actions
from cordee.enrolment.states import Source
from cordee.files import queries as files
from cordee.journal import queries as journal
from cordee.kernel import clock
from cordee.missions.rules import is_running
from cordee.notifications import compose, participants
from cordee.planning import queries as planning
from cordee.planning.facts import SessionChanged
from cordee.planning.states import AssignmentStatus, SessionStatus, StaffRole
from cordee.quality import queries as quality
from cordee.registration import actions as registration
from cordee.registration import queries as registrations
from cordee.surveys import queries as surveys
from cordee.web import kept
from cordee.web.components import formatting
from cordee.web.guest.arrival import Arrival, own_page
from cordee.web.guest.placement import standing
from cordee.web.guest.signing import to_sign
from cordee.web.pages import HouseForm, attempt, carry_out, status_of
from cordee.web.papers import pdf
from cordee.web.places import place_of
from cordee.web.request import Request

SOURCES = {
    Source.COORDINATOR: gettext_lazy("Your name was on the list of who organises the session."),
    Source.CONTACT: gettext_lazy("Your name was given by who organises the session where you work or study."),
    Source.REGISTRATION: gettext_lazy("You registered yourself."),
    Source.WALK_IN: gettext_lazy("You were put on the list on the spot."),
}


class NameForm(HouseForm):
    """How somebody's own name is spelt."""

    first_name = forms.CharField(
        label=gettext_lazy("First name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )


@own_page
def participant(request: Request, who: Arrival) -> HttpResponse:
    """Show the page; a form sent to it corrects the name."""
    if request.POST.get("do") == "give_up":
        return _give_up(request, who)
    person = who.person.participant
    names = {"first_name": person.first_name, "last_name": person.last_name}
    form = NameForm(request.POST if request.method == "POST" else None, initial=names)

    def do() -> str:
        given = {name: form.cleaned_data[name] for name in names}
        actions.correct_own_name(enrolment_id=who.person.pk, **given, by=who.by)
        return reverse("participant", args=[who.token]) + "#me"

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("Thank you, your name is corrected."))
        if answer:
            return answer
    response = render(request, "guest/participant.html", _context(request, who, form), status=status_of(form))
    return kept.keep(response, kept.owner(f"link:{who.link_id}"), then=request.path)


def _context(request: Request, who: Arrival, form: NameForm) -> dict[str, Any]:
    session, organisation = who.session, request.viewer.organisation
    half_days = planning.half_days(session.pk)
    return {
        "token": who.token,
        "session": session,
        "person": who.person,
        "first_name": who.person.participant.first_name,
        "state": _state(who),
        "changed_at": _changed_at(who),
        "starts": session.starts,
        "ends": session.ends,
        "times": [f"{formatting.day(h.day)}, {formatting.hours(h.starts, h.ends)}" for h in half_days],
        "time_zone": formatting.zone(session.time_zone),
        "place": place_of(session),
        "led_by": _led_by(who),
        "instructions": _instructions(who),
        "placement": standing(who),
        "surveys": surveys.surveys_of(who.person.pk) if who.expected else [],
        "learned": session.starts_at <= clock.now() and surveys.progress_on(who.person.pk) is not None,
        "programme": session.line.service_type.programme,
        "papers": _papers(request, who),
        "certificate": certificates.own(who.person.pk) if session.ends_at <= clock.now() else None,
        "complaints": quality.of_enrolment(who.person.pk),
        "to_sign": to_sign(who, half_days),
        "form": form,
        "correctable": who.expected and not list(is_running(session.mission)),
        "may_give_up": _state(who) == "coming" and who.person.source == Source.REGISTRATION,
        "source": SOURCES[Source(who.person.source)],
        "contact_email": organisation.reply_to,
        "contact_phone": organisation.phone,
    }


def _give_up(request: Request, who: Arrival) -> HttpResponse:
    """Take the place of somebody who registered themselves off the list, at their wish."""
    own = registrations.of_enrolment(who.person.pk)
    if own is None:
        raise Http404
    back = reverse("participant", args=[who.token])
    return attempt(request, lambda: registration.leave(registration_id=own.pk, by=who.by), back_to=back)


def _state(who: Arrival) -> str:
    """Return what the page says first."""
    now, session = clock.now(), who.session
    if session.status == SessionStatus.CANCELLED:
        return "cancelled"
    if not who.expected:
        return "off"
    if session.ends_at <= now:
        return "past"
    return "now" if session.starts_at <= now else "coming"


def _changed_at(who: Arrival) -> datetime | None:
    """Return when the date, the place or the link changed last since the person was put on the list."""
    if who.session.schedule_version == 1:
        return None
    entries = journal.timeline_of(f"session_id:{who.session.pk}")
    changes = (e.at for e in entries if e.fact == SessionChanged.__name__ and e.payload["informs"])
    return next((at for at in changes if at > who.person.enrolled_at), None)


def _led_by(who: Arrival) -> list[str]:
    return [
        a.facilitator.full_name
        for a in planning.assignments(who.session.pk)
        if a.status == AssignmentStatus.CONFIRMED and a.role == StaffRole.FACILITATOR
    ]


def _instructions(who: Arrival) -> list[str]:
    return compose.what_to_know(who.session)


def _papers(request: Request, who: Arrival) -> list[dict[str, str]]:
    """Return the documents there are to read, by name."""
    return [
        {"label": label, "url": reverse("participant_paper", args=[who.token, name])}
        for name, (stored, label) in _documents(request, who).items()
        if stored is not None
    ]


def _documents(request: Request, who: Arrival) -> dict[str, tuple[Any, str]]:
    organisation = request.viewer.organisation
    return {
        "programme": (who.session.line.service_type.programme_file, _("Programme")),
        "internal-rules": (organisation.internal_rules, _("Internal rules")),
        "welcome-booklet": (organisation.welcome_booklet, _("Welcome booklet")),
    }


@own_page
def participant_paper(request: Request, who: Arrival, paper: str) -> HttpResponse:
    """Give one of the documents."""
    stored, label = _documents(request, who).get(paper, (None, ""))
    if stored is None:
        raise Http404
    return pdf(files.content(stored), label)


@own_page
def participant_certificate(request: Request, who: Arrival) -> HttpResponse:
    """Give the certificate of participation that stands."""
    certificate = certificates.own(who.person.pk)
    if certificate is None:
        raise Http404
    return pdf(certificates.drawn([certificate]), certificate.number)


@own_page
def participant_calendar(request: Request, who: Arrival) -> HttpResponse:
    """Give the session as a file for one's calendar."""
    if not who.expected:
        raise Http404
    slots = planning.slots(planning.half_days(who.session.pk))
    calendar = participants.calendar_of(who.person, slots, request.viewer.organisation)
    headers = {"Content-Disposition": 'attachment; filename="session.ics"'}
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers=headers)
