"""What a facilitator is to do next."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.attendance import queries as attendance
from cordee.closure import queries as closure
from cordee.closure.queries import Listed
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.steps import StepCode
from cordee.organisation.models import Organisation
from cordee.planning import queries as planning
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus
from cordee.quality import queries as quality
from cordee.quality.models import Improvement
from cordee.web.addresses import address
from cordee.web.components import formatting
from cordee.web.components.things import Thing
from cordee.web.facilitation.answers import AnswerForm, give, questions, when, where
from cordee.web.office.next_steps import next_step
from cordee.web.pages import facilitator_page, only_post
from cordee.web.request import Request

_SHOWN = 20
_SOON = 6


@facilitator_page
def my_work(request: Request) -> HttpResponse:
    """Show requests to answer, sessions to prove, missions that wait for one, and what comes next."""
    return _page(request)


@facilitator_page
def my_answer(request: Request, assignment_id: int) -> HttpResponse:
    """Take the answer to one's own request; a refusal is shown where it was given."""
    only_post(request)
    place = planning.assignment(assignment_id)
    if place is None or place.facilitator_id != request.viewer.actor.facilitator_id:
        raise Http404
    form = AnswerForm(request.POST, auto_id=f"id_{place.pk}_%s")
    if form.is_valid():
        response = give(request, place, form, by=request.viewer.actor, back_to=reverse("my_work"))
        if response is not None:
            return response
    return _page(request, (place.pk, form))


def _page(request: Request, answered: tuple[int, AnswerForm] | None = None) -> HttpResponse:
    own, organisation = request.viewer.actor.facilitator_id or 0, request.viewer.organisation
    places = planning.coming_places(own)
    open_questions = questions(places, organisation, answered=answered)
    confirmed = [p for p in places if p.status == AssignmentStatus.CONFIRMED]
    refused = answered[1] if answered and not _among(answered[0], open_questions) else None
    context = {
        "questions": open_questions,
        # The request is not open any more: what was refused is told on top.
        "refusals": refused.refusals if refused else (),
        "unsaved": refused.unsaved() if refused else (),
        "items": _to_do(request.viewer.actor, organisation),
        "next_sessions": [_coming(p) for p in confirmed[:_SOON]],
        "is_today": any(p.session.starts.date() <= clock.today(p.session.time_zone) for p in confirmed),
        "more_sessions": len(confirmed) - _SOON,
    }
    return render(request, "facilitation/my_work.html", context, status=422 if answered else 200)


def _among(assignment_id: int, open_questions: list[Any]) -> bool:
    return any(q.place.pk == assignment_id for q in open_questions)


def _to_do(actor: Actor, organisation: Organisation) -> list[Thing]:
    own, today = actor.facilitator_id or 0, clock.today()
    allowed = timedelta(days=organisation.presence_within_days)
    found = [_prove(session, today, allowed) for session in attendance.to_prove(own, limit=_SHOWN)]
    # Presence is shown session by session already.
    led = [
        _lead(mission, today)
        for mission in closure.led_by(own, leave_out=StepCode.PRESENCE_MISSING, limit=_SHOWN)
    ]
    asked = [_improve(one, today) for one in quality.own_improvements(actor)[:_SHOWN]]
    return [thing for _due_on, thing in sorted(found + led + asked, key=lambda due: due[0])]


def _improve(improvement: Improvement, today: date) -> tuple[date, Thing]:
    return _item(
        due_on=improvement.due_on,
        today=today,
        title=improvement.title,
        detail=_("%(ref)s: asked of you by quality") % {"ref": improvement.ref},
        action_label=_("Open"),
        url=address("improvement", improvement.ref),
    )


def _prove(session: Session, today: date, allowed: timedelta) -> tuple[date, Thing]:
    ended = session.ends.date()
    return _item(
        due_on=ended + allowed,
        today=today,
        title=_("Record presence: %(session)s") % {"session": session.title},
        detail=f"{session.mission.order.client.name} · {formatting.short_day(ended)}",
        action_label=_("Record"),
        url=address("presence", session.ref),
    )


def _lead(mission: Listed, today: date) -> tuple[date, Thing]:
    step = next_step(mission, today)
    return _item(
        due_on=step.due_on or date.max,
        today=today,
        title=f"{mission.client} – {mission.title}",
        detail=f"{mission.ref} · {step.words}",
        action_label=_("Open"),
        url=address("mission", mission.ref),
    )


def _item(
    *, due_on: date, today: date, title: str, detail: str, action_label: str, url: str
) -> tuple[date, Thing]:
    """Return something to do, with the day it is due."""
    if due_on == date.max:
        when_label = _("when you can")
    elif due_on < today:
        when_label = _("late since %(day)s") % {"day": formatting.short_day(due_on)}
    else:
        when_label = _("by %(day)s") % {"day": formatting.short_day(due_on)}
    thing = Thing(
        when=when_label,
        kind="late" if due_on < today else "wait",
        title=title,
        detail=detail,
        action_label=action_label,
        url=url,
    )
    return due_on, thing


def _coming(place: Assignment) -> dict[str, Any]:
    session = place.session
    return {
        "title": session.title,
        "url": address("session", session.ref),
        "when": when(session),
        "where": where(session),
        "client": session.mission.order.client.name,
        "under_way": session.starts_at <= clock.now(),
    }
