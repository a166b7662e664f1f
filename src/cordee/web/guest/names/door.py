"""Who comes in through the link of a client's contact, and to what."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget

from cordee.certificates.queries import kinds_on
from cordee.enrolment import queries
from cordee.enrolment.models import ListInvitation
from cordee.enrolment.states import LIST_LINK
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.links.queries import subject_of
from cordee.missions.models import Mission
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.web import limits
from cordee.web.guest.doors import Key, personal_door
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Door:
    """A contact of the client, the mission they give names for, and its sessions that take place."""

    token: str
    invitation: ListInvitation
    sessions: list[Session]
    cancelled: list[Session]
    by: Actor

    @property
    def mission(self) -> Mission:
        return self.invitation.mission

    @property
    def url(self) -> str:
        return reverse("contact_lists", args=[self.token])

    def list_url(self, session: Session) -> str:
        return reverse("contact_list", args=[self.token, session.ref])

    def row_url(self, session: Session, key: str) -> str:
        return reverse("contact_row", args=[self.token, session.ref, key])


def _open(key: Key) -> Door | None:
    door = _at_the_door(key)
    over = door and queries.link_is_over(door.mission, [*door.sessions, *door.cancelled])
    return None if over else door


def _at_the_door(key: Key) -> Door | None:
    """Return the contact of a mission, also when the time for names is over."""
    invitation = queries.invitation(key.subject_id)
    if invitation is None or invitation.revoked_at is not None:
        return None
    sessions = planning.sessions_of(invitation.mission_id)
    for session in sessions:
        session.mission = invitation.mission
    return Door(
        token=key.token,
        invitation=invitation,
        sessions=[s for s in sessions if s.status == SessionStatus.PLANNED],
        cancelled=[s for s in sessions if s.status == SessionStatus.CANCELLED],
        by=Actor(ActorKind.LINK, link_id=key.link_id),
    )


def link_ended(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the link opens nothing any more, and whom to ask; nothing about anybody for one never given."""
    invitation_id = subject_of(token, purpose=LIST_LINK)
    invitation = queries.invitation(invitation_id) if invitation_id else None
    door = to_certificates.enter(cast(Request, request), token)
    return _ended(request, invitation, door=door, status=410 if invitation else 404)


def certificates_url(door: Door | None) -> str:
    """Return where a contact finds the certificates of their mission; empty while there is none."""
    if door is None or all(session.ends_at > clock.now() for session in door.sessions):
        return ""
    return reverse("contact_certificates", args=[door.token]) if kinds_on(door.mission.pk) else ""


def _ended(
    request: HttpRequest,
    invitation: ListInvitation | None,
    *,
    cancelled: Session | None = None,
    door: Door | None = None,
    status: int,
) -> HttpResponse:
    """Show an end, with what was written before it was known.
    On a page that is open it is said on top: what is typed there stays.
    """
    coordinator = invitation.mission.coordinator if invitation else None
    context = {
        "coordinator_name": coordinator.full_name if coordinator else "",
        "coordinator_email": coordinator.user.email if coordinator else "",
        "cancelled": cancelled,
        "certificates_url": certificates_url(door),
        "complaint_url": reverse("contact_complaint", args=[door.token]) if door else "",
        "unsaved": _written(request),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "guest/names/ended.html", context, status=status)
    response = render(request, "guest/names/_ended.html", context, status=status)
    return retarget(reswap(response, "innerHTML"), "#ended")


def _written(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what somebody had written into a row, or pasted."""
    labels = {
        "email": _("E-mail"),
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "text": _("Names"),
    }
    return [(label, words) for name, label in labels.items() if (words := request.POST.get(name, "").strip())]


through_the_link = personal_door(
    LIST_LINK,
    find=_open,
    address=lambda door: door.invitation.contact.email,
    ended=link_ended,
    notes_use=False,  # a visit is told in the timeline, where its silence counts: `actions.note_visit`
)
"""Opens a page to the contact of the client whose link it is, as long as it lives."""


to_certificates = personal_door(
    LIST_LINK,
    find=_at_the_door,
    address=lambda door: door.invitation.contact.email,
    notes_use=False,
)
"""Opens the certificates to the same contact, also when the time for names is over."""


def to_a_list[**P](
    view: Callable[Concatenate[Request, Door, Session, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Open a page about the list of one session to the contact whose mission it belongs to; of others they do not
    learn that they exist. Of one that was cancelled this is said.
    """

    @through_the_link
    @wraps(view)
    def guarded(request: Request, door: Door, /, ref: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found = next((s for s in (*door.sessions, *door.cancelled) if s.ref == ref), None)
        if found is None:
            raise Http404
        if found in door.cancelled:
            return _ended(request, door.invitation, cancelled=found, status=410)
        return view(request, door, found, *args, **kwargs)

    return guarded


def too_often(request: Request, door: Door) -> bool:
    """Count a save; tell whether there are too many through this link for people to be typing them."""
    return limits.is_met(request, "names", key=str(door.by.link_id))
