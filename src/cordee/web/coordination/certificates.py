"""The certificates of a session and of a mission: to look at, to download, to produce for the funder."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.attendance import queries as attendance
from cordee.certificates import actions, queries, rules
from cordee.certificates.models import Certificate
from cordee.certificates.states import Kind
from cordee.kernel import clock
from cordee.kernel.periods import minutes_text
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker
from cordee.missions.models import Mission
from cordee.missions.rules import can_run, may_see
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.web.addresses import address
from cordee.web.pages import attempt, mission_or_404, need_to_run, only_post, page, session_or_404
from cordee.web.papers import pdf
from cordee.web.request import Request
from cordee.web.slices import slice_of


@page()
def session_certificates(request: Request, ref: str) -> HttpResponse:
    """List the certificates of participation that stand."""
    found = _session(request, ref)
    rows = [_row(found.mission, c) for c in queries.on_session(found.pk)]
    context = {"session": found, "mission": found.mission, "rows": rows}
    return render(request, "coordination/session_certificates.html", context)


@page()
def session_certificates_file(request: Request, ref: str) -> HttpResponseBase:
    """Give them in one file; while there is none, the page that says why."""
    found = _session(request, ref)
    certificates = list(queries.on_session(found.pk))
    if not certificates:
        return session_certificates(request, ref)
    return pdf(queries.drawn(certificates), _("certificates-%(ref)s") % {"ref": ref})


@page()
def mission_certificates(request: Request, ref: str) -> HttpResponse:
    """Show what was certified on a mission: participation by session, realisation by person."""
    found = mission_or_404(request, ref)
    actor = request.viewer.actor
    counts = queries.counts(found.pk)
    shown = slice_of(request, queries.on_mission(found.pk, Kind.REALISATION))
    context = {
        "mission": found,
        "office": actor.may(Permission.VIEW_MISSIONS),
        "runs": can_run(found, actor),
        "sessions": _sessions(found, counts),
        "issued": sum(counts.values()),
        "rows": [_row(found, c) for c in shown.items],
        "page": shown,
        "blockers": _in_the_way(request),
    }
    return render(request, "coordination/mission_certificates.html", context)


@page()
def produce_realisations(request: Request, ref: str) -> HttpResponse:
    """Make the certificates of realisation of everybody who was there."""
    only_post(request)
    found = mission_or_404(request, ref)
    need_to_run(request, found)
    return attempt(
        request,
        lambda: actions.produce_realisations(mission_id=found.pk, by=request.viewer.actor),
        back_to=reverse("mission_certificates", args=[ref]),
        done=_("The certificates of realisation are up to date."),
    )


@page()
def mission_participation_file(request: Request, ref: str) -> HttpResponseBase:
    """Give all certificates of participation of a mission in one file."""
    return _file_of_mission(request, ref, Kind.PARTICIPATION, _("certificates-%(ref)s"))


@page()
def mission_realisation_file(request: Request, ref: str) -> HttpResponseBase:
    """Give all certificates of realisation of a mission in one file, for the funder."""
    return _file_of_mission(request, ref, Kind.REALISATION, _("realisation-%(ref)s"))


@page()
def certificate_file(request: Request, ref: str, certificate: str) -> HttpResponseBase:
    """Give one certificate of a mission, as it was issued."""
    found = queries.certificate_of_number(mission_or_404(request, ref).pk, certificate)
    if found is None:
        raise Http404
    return pdf(queries.drawn([found]), found.number)


def _file_of_mission(request: Request, ref: str, kind: Kind, name: str) -> HttpResponseBase:
    found = mission_or_404(request, ref)
    certificates = list(queries.on_mission(found.pk, kind))
    if not certificates:
        return mission_certificates(request, ref)
    return pdf(queries.drawn(certificates), name % {"ref": ref})


def _session(request: Request, ref: str) -> Session:
    """Return the session to who sees its mission; those who only run it have no use for people's certificates."""
    found = session_or_404(request, ref)
    if not may_see(found.mission, request.viewer.actor):
        raise PermissionDenied
    return found


def _in_the_way(request: Request) -> Sequence[Blocker]:
    return list(rules.somebody_signs(request.viewer.organisation))


def _row(mission: Mission, certificate: Certificate) -> dict[str, str]:
    return {
        "person": certificate.content["person"],
        "email": certificate.participant.email,
        "number": certificate.number,
        "hours": minutes_text(certificate.minutes),
        "url": address("certificate_file", mission.ref, certificate.number),
    }


def _sessions(mission: Mission, counts: dict[int, int]) -> Iterable[dict[str, object]]:
    shown = [
        s for s in planning.sessions_of(mission.pk) if s.status == SessionStatus.PLANNED or s.pk in counts
    ]
    proven = attendance.proven_sessions(s.pk for s in shown)
    return [
        {
            "title": session.title,
            "starts": session.starts,
            "ends": session.ends,
            "count": counts.get(session.pk, 0),
            "why": "" if session.pk in counts else _why_none(session, proven=session.pk in proven),
            "url": address("session_certificates", session.ref),
        }
        for session in shown
    ]


def _why_none(session: Session, *, proven: bool) -> str:
    """Return in words why nothing is certified yet of a session; nothing where nobody was there."""
    if session.ends_at > clock.now():
        return _("The session is not over yet.")
    return "" if proven else _("Presence is not recorded for every half-day.")
