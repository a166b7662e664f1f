"""Answering a request to run a session through a personal link, without logging in."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from cordee.fees import queries as fees
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.links import actions as links
from cordee.links.queries import is_genuine, live_link
from cordee.missions.states import MissionStatus
from cordee.notifications.staff import ANSWER_LINK
from cordee.planning import queries as planning
from cordee.planning.models import Assignment
from cordee.planning.states import AssignmentStatus, SessionStatus
from cordee.web.components import formatting
from cordee.web.facilitation.answers import AnswerForm, Question, give, question
from cordee.web.request import Request


def answer(request: Request, token: str) -> HttpResponse:
    """Show the request and take the answer. A plain visit changes nothing: mail scanners open links too."""
    link = live_link(token, purpose=ANSWER_LINK)
    place = planning.assignment(link.subject_id) if link else None
    if link is None or place is None:
        return render(request, "guest/link_ended.html", status=410 if is_genuine(token) else 404)
    _speak(request, place)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        links.note_use(link)
        by = Actor(ActorKind.LINK, facilitator_id=place.facilitator_id, link_id=link.pk)
        if form.is_valid():
            response = give(request, place, form, by=by, back_to=reverse("answer", args=[token]))
            if response is not None:
                return response
    context = _context(request, place, form) | {"answer_url": reverse("answer", args=[token])}
    return render(request, "guest/answer.html", context, status=422 if form.is_bound else 200)


def _speak(request: Request, place: Assignment) -> None:
    """Use the facilitator's language, unless this browser was told another."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.viewer.user is None:
        language = place.facilitator.user.language
        translation.activate(language)
        request.LANGUAGE_CODE = language


def _context(request: Request, place: Assignment, form: AnswerForm) -> dict[str, Any]:
    session = place.session
    half_days = planning.half_days(session.pk)
    slots = [(h.starts_at, h.ends_at) for h in half_days]
    clashes = planning.clashes([place.facilitator_id], slots, leaving_out=session.pk)
    asked = question(
        place,
        request.viewer.organisation,
        pay=fees.expected_fees([place]).get(place.pk),
        clashes=clashes.get(place.facilitator_id, []),
        form=form,
    )
    coordinator = session.mission.coordinator
    return {
        "question": asked,
        "place": place,
        "first_name": place.facilitator.user.first_name,
        "state": _state(asked),
        "times": [f"{formatting.day(h.day)}, {formatting.hours(h.starts, h.ends)}" for h in half_days],
        "time_zone": session.time_zone if session.time_zone != settings.TIME_ZONE else "",
        "coordinator_name": coordinator.full_name if coordinator else "",
        "coordinator_email": coordinator.user.email if coordinator else request.viewer.organisation.reply_to,
        "coordinator_phone": coordinator.phone if coordinator else request.viewer.organisation.phone,
    }


def _state(asked: Question) -> str:
    """Return which page to show: what can still be answered, or why not any more."""
    session, status = asked.session, AssignmentStatus(asked.place.status)
    if session.status == SessionStatus.CANCELLED:
        return "cancelled"
    if status == AssignmentStatus.WITHDRAWN:
        return "withdrawn"
    if session.mission.status == MissionStatus.CLOSED:
        return "closed"
    if session.starts_at <= clock.now():
        return "started"
    return str(status)
