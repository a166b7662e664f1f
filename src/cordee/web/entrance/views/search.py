"""One box to find everything: what comes up is what the viewer may open."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.accounts.models import User
from cordee.clients import queries as clients
from cordee.clients.models import ClientOrganisation
from cordee.closure import queries as closure
from cordee.closure.queries import Listed
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.fees import queries as fees
from cordee.kernel.permissions import Permission
from cordee.missions import queries as missions
from cordee.missions.queries import MissionFilter
from cordee.missions.states import MissionStatus
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.web.addresses import address
from cordee.web.components.formatting import short_day
from cordee.web.help.articles import Article, named
from cordee.web.office.people import people_found
from cordee.web.pages import mission_or_404, page, session_or_404
from cordee.web.request import Request
from cordee.web.slices import slice_of

_SHOWN = 8
_HELP_SHOWN = 3
_LONGEST = 100
_REFERENCE = re.compile(r"([CMSR])-\d{4}-\d{4,}(-[A-Z]+)?")


@dataclass(frozen=True, slots=True)
class Result:
    """Something found: where it is, and what tells it from others of the same name."""

    label: str
    url: str
    detail: str
    ref: str = ""
    kind: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind; `all_url` leads to the rest when there is more."""

    title: str
    results: Sequence[Result]
    all_url: str = ""


@page()
def search(request: Request) -> HttpResponse:
    """Go straight to what a whole reference names; else list what the words find."""
    text = " ".join(request.GET.get("q", "").split())[:_LONGEST]
    if straight := _named_by(request, text.upper()):
        return HttpResponseRedirect(straight)
    groups = [group for group in _groups(request, text) if group.results] if text else []
    return render(request, "entrance/search.html", {"search_text": text, "groups": groups})


def _named_by(request: Request, ref: str) -> str:
    """Return the address of the order, mission, session or fee request with this reference; nothing when
    there is none that the viewer may see.
    """
    actor = request.viewer.actor
    whole = _REFERENCE.fullmatch(ref)
    try:
        match whole and whole[1]:
            case "M":
                return address("mission", mission_or_404(request, ref).ref)
            case "S":
                return address("session", session_or_404(request, ref).ref)
            case "C" if actor.may(Permission.VIEW_MISSIONS) and missions.order_by_ref(ref):
                return address("order", ref)
            case "R" if actor.may(Permission.VIEW_FEES) and fees.request_by_ref(ref):
                return address("fee_request", ref)
    except Http404:
        pass
    return ""


def _groups(request: Request, text: str) -> Iterator[Group]:
    actor = request.viewer.actor
    own = actor.facilitator_id
    if actor.may(Permission.VIEW_MISSIONS):
        found = closure.boards(MissionFilter(search=text))
        yield _group(
            request, _("Missions"), found, _mission, all_url=_all("missions", text), read=closure.listed
        )
        if text.upper().startswith("S-"):
            sessions = planning.sessions_by_start_of_ref(text.upper())
            yield _group(request, _("Sessions"), sessions, _session)
    elif own is not None:
        found = closure.boards(MissionFilter(search=text, coordinator_id=own))
        yield _group(request, _("My missions"), found, _mission, read=closure.listed)
        yield _group(request, _("My sessions"), planning.sessions_of_own(own, text), _session)
    if actor.may(Permission.VIEW_MISSIONS) or own is not None:
        theirs = None if actor.may(Permission.VIEW_MISSIONS) else planning.sessions_of_own(own or 0, "")
        places = enrolment.participants_found(
            text, session_ids=theirs if theirs is None else theirs.order_by().values("pk")
        )
        yield _group(request, _("Participants"), places, _participant)
    if actor.may(Permission.VIEW_CLIENTS):
        yield _group(request, _("Clients"), clients.clients(text), _client, all_url=_all("clients", text))
    if actor.may(Permission.VIEW_PEOPLE):
        yield _group(request, _("People"), people_found(text), _person, all_url=_all("people", text))
    told = named(text, get_language() or "en")[:_HELP_SHOWN]
    yield Group(_("Help"), [_article(article) for article in told], _all("help", text))


def _all(name: str, text: str) -> str:
    return f"{reverse(name)}?{urlencode({'q': text})}"


def _group(
    request: Request,
    title: str,
    found: QuerySet[Any],
    tell: Callable[[Any], Result],
    *,
    all_url: str = "",
    read: Callable[[QuerySet[Any]], list[Any]] = list,
) -> Group:
    shown = slice_of(request, found, per_page=_SHOWN, wide=True, read=read)
    return Group(title, [tell(row) for row in shown.items], all_url if shown.has_next else "")


def _article(article: Article) -> Result:
    return Result(article.title, address("help_article", article.key), article.lead)


def _mission(mission: Listed) -> Result:
    closed = mission.status == MissionStatus.CLOSED
    return Result(
        label=mission.title,
        url=address("mission", mission.ref),
        detail=mission.client,
        ref=mission.ref,
        kind="done" if closed else "go",
        state=_("closed") if closed else _("running"),
    )


def _session(session: Session) -> Result:
    day = short_day(session.starts)
    cancelled = session.status == SessionStatus.CANCELLED
    return Result(
        label=session.title,
        url=address("session", session.ref),
        detail=f"{day} · {session.mission.order.client.name}",
        ref=session.ref,
        kind="stop" if cancelled else "",
        state=_("cancelled") if cancelled else "",
    )


def _participant(place: Enrolment) -> Result:
    day = short_day(place.session.starts)
    url = address("session", place.session.ref) + "#people"
    return Result(place.participant.full_name, url, f"{day} · {place.session.title}", place.session.ref)


def _client(client: ClientOrganisation) -> Result:
    return Result(client.name, address("client", client.pk), client.city)


def _person(user: User) -> Result:
    return Result(user.full_name, address("person", user.pk), user.email)
