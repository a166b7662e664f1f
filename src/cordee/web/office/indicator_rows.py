"""What a number of an indicator counts, or leaves out, one by one: as many rows as the number says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.audits import queries
from cordee.audits.rules import Part, Rows
from cordee.catalogue.models import ServiceType
from cordee.catalogue.states import QuestionnaireKind
from cordee.enrolment.models import Enrolment
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.network.models import Facilitator
from cordee.planning.models import Session
from cordee.quality.models import Complaint, Improvement
from cordee.surveys import queries as surveys
from cordee.web.components.formatting import short_day
from cordee.web.office.indicators import kept_in, may_list, span
from cordee.web.pages import page
from cordee.web.request import Request
from cordee.web.slices import slice_of


@dataclass(frozen=True, slots=True)
class Row:
    """One of what is counted: what it is, more of it, and its page for who may open it."""

    name: str
    more: str = ""
    url: str = ""
    number: int | None = None
    """Of answers given on a session."""


@page(Permission.VIEW_INDICATORS)
def indicator_rows(request: Request, number: int, counted: str) -> HttpResponse:
    """List what a number of an indicator counts over a period; with `others`, what it leaves out. Participants are
    initials, as in the file of an audit.
    """
    since, until = span(request)
    found = queries.indicators(since, until, numbers=[number], organisation=request.viewer.organisation)
    others, kept = "others" in request.GET, kept_in(request)
    asked = f"?{kept}" if kept else ""
    told = _told(found[0].figures, found[0].missing, counted, others=others) if found else None
    if told is None:
        raise Http404
    (rows, title), actor = told, request.viewer.actor
    if not may_list(actor, rows):
        raise PermissionDenied
    shown = slice_of(request, queries.counted(rows.part, rows.name, since, until, others=others))
    context = {
        "number": number,
        "title": title,
        "above": reverse("indicators") + asked,
        "indicator_url": reverse("indicator", args=[number]) + asked,
        "since": None if rows.part == Part.SERVICES else since,
        "until": until,
        "page": shown,
        "rows": _rows(rows, shown.items, actor),
    }
    return render(request, "office/indicator_rows.html", context)


def _told(figures: Any, missing: Any, name: str, *, others: bool) -> tuple[Rows, str] | None:
    """Return what an indicator tells under a name, and in which words."""
    words = [*((f.rows, f.label) for f in figures), *((m.rows, m.blocker.message) for m in missing)]
    return next(
        ((rows, said) for rows, said in words if rows and (rows.name, rows.others) == (name, others)), None
    )


def _rows(rows: Rows, items: Sequence[Any], actor: Actor) -> list[Row]:
    if rows.part != Part.ANSWERS:
        return [_ROW_OF[rows.part](one, actor) for one in items]
    given = surveys.answered_on([one.pk for one in items], QuestionnaireKind(rows.name))
    return [replace(_session(one, actor), number=given.get(one.pk, 0)) for one in items]


def _service(one: ServiceType, actor: Actor) -> Row:
    return Row(
        one.name,
        one.code,
        reverse("change_service", args=[one.pk]) if actor.may(Permission.VIEW_CATALOGUE) else "",
    )


def _session(one: Session, actor: Actor) -> Row:
    return Row(
        one.title,
        f"{one.ref} · {one.mission.order.client.name} · {short_day(one.ends)}",
        _page_of(one, actor),
    )


def _person(one: Enrolment, actor: Actor) -> Row:
    return Row(queries.masked(one), one.session.ref, _page_of(one.session, actor))


def _page_of(session: Session, actor: Actor) -> str:
    return reverse("session", args=[session.ref]) if actor.may(Permission.VIEW_MISSIONS) else ""


def _facilitator(one: Facilitator, actor: Actor) -> Row:
    url = reverse("person", args=[one.user_id]) if actor.may(Permission.VIEW_PEOPLE) else ""
    return Row(one.full_name, "", url)


def _complaint(one: Complaint, _actor: Actor) -> Row:
    told = f"{one.get_kind_display()} · {one.get_state_display()}"
    return Row(one.ref, told, reverse("complaint", args=[one.ref]))


def _improvement(one: Improvement, _actor: Actor) -> Row:
    return Row(one.title, f"{one.ref} · {one.get_state_display()}", reverse("improvement", args=[one.ref]))


_ROW_OF: dict[Part, Callable[[Any, Actor], Row]] = {
    Part.SERVICES: _service,
    Part.SESSIONS: _session,
    Part.PEOPLE: _person,
    Part.FACILITATORS: _facilitator,
    Part.COMPLAINTS: _complaint,
    Part.IMPROVEMENTS: _improvement,
}
