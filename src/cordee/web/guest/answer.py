"""Answering a request to run a session through a personal link, without logging in."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.fees import queries as fees
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.missions.states import MissionStatus
from cordee.notifications.staff import ANSWER_LINK
from cordee.planning import queries as planning
from cordee.planning.models import Assignment
from cordee.planning.states import AssignmentStatus, SessionStatus
from cordee.web.components import formatting
from cordee.web.facilitation.answers import AnswerForm, Question, give, question
from cordee.web.guest.doors import Key, personal_door
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Invited:
    """A facilitator at the page of one request."""

    place: Assignment
    url: str
    by: Actor
    token: str


def _invited(key: Key) -> Invited | None:
    place = planning.assignment(key.subject_id)
    if place is None:
        return None
    by = Actor(ActorKind.LINK, facilitator_id=place.facilitator_id, link_id=key.link_id)
    return Invited(place, reverse("answer", args=[key.token]), by, key.token)


own_request = personal_door(
    ANSWER_LINK,
    find=_invited,
    address=lambda who: who.place.facilitator.user.email,
    language=lambda who: who.place.facilitator.user.language,
)


@own_request
def answer(request: Request, who: Invited) -> HttpResponse:
    """Show the request and take the answer. A plain visit changes nothing: mail scanners open links too."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        response = give(request, who.place, form, by=who.by, back_to=who.url)
        if response is not None:
            return response
    context = _context(request, who.place, form) | {"answer_url": who.url, "token": who.token}
    return render(request, "guest/answer.html", context, status=422 if form.is_bound else 200)


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
        "time_zone": formatting.zone(session.time_zone),
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
