"""Where somebody who registered stands: to confirm, waiting, in. One link, and the page changes with time."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.enrolment import queries as lists
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.notifications import own_pages
from cordee.planning.states import SessionStatus
from cordee.registration import actions, queries, rules
from cordee.registration.models import Registration
from cordee.registration.states import REGISTRATION_LINK, RegistrationState
from cordee.web.guest.doors import Key, link_ended, personal_door
from cordee.web.pages import attempt
from cordee.web.places import place_of
from cordee.web.request import Request

ACTS = {"confirm": actions.confirm, "leave": actions.leave}


@dataclass(frozen=True, slots=True)
class Registrant:
    """Somebody who registered, at the page of their registration."""

    token: str
    registration: Registration
    by: Actor


def _registrant(key: Key) -> Registrant | None:
    registration = queries.registration(key.subject_id)
    return (
        Registrant(key.token, registration, Actor(ActorKind.LINK, link_id=key.link_id))
        if registration
        else None
    )


own_registration = personal_door(
    REGISTRATION_LINK,
    find=_registrant,
    address=lambda who: queries.address_of(who.registration),
    language=lambda who: who.registration.invitation.session.language,
)


@own_registration
def my_registration(request: Request, who: Registrant) -> HttpResponse:
    """Show where somebody stands; a plain visit changes nothing: mail scanners open links too."""
    registration = who.registration
    act = ACTS.get(request.POST.get("do", ""))
    if request.method == "POST" and act:
        back = reverse("my_registration", args=[who.token])
        meant = _meant(request.POST.get("who", ""), registration)
        return attempt(request, lambda: act(registration_id=meant.pk, by=who.by), back_to=back)
    return render(request, "guest/my_registration.html", _context(registration, who.token))


def _meant(who: str, registration: Registration) -> Registration:
    """Return whose button was pressed: the visitor's, or of another person who registered with their address."""
    return next((r for r in _beside(registration) if str(r.pk) == who), registration)


def _beside(registration: Registration) -> list[Registration]:
    """Return who else registered with this address and has not confirmed: the mailbox is the visitor's to read."""
    mailbox = queries.of_mailbox(registration.invitation, registration.email)
    waiting = [r for r in mailbox if rules.state_now(r) == RegistrationState.UNCONFIRMED]
    return [r for r in waiting if r.pk != registration.pk]


@own_registration
def to_my_page(request: Request, who: Registrant) -> HttpResponse:
    """Lead who is in to their own page."""
    enrolment_id = who.registration.enrolment_id
    if enrolment_id is None or _state(who.registration) != "in":
        return link_ended(request, who.token)
    ends_at = who.registration.invitation.session.ends_at
    path = own_pages.paths(dict.fromkeys(lists.by_ids([enrolment_id]), ends_at)).get(enrolment_id)
    return HttpResponseRedirect(path) if path else link_ended(request, who.token)


def _context(registration: Registration, token: str) -> dict[str, Any]:
    session = registration.invitation.session
    state = _state(registration)
    return {
        "token": token,
        "registration": registration,
        "session": session,
        "state": state,
        "beside": _beside(registration),
        "position": queries.position(registration) if state == "waiting" else 0,
        "starts": session.starts,
        "ends": session.ends,
        "place": place_of(session),
        "again_url": reverse("register", args=[registration.invitation.token]),
        "told": _told(state, session.cancelled_because),
    }


def _state(registration: Registration) -> str:
    """Return what the page says."""
    session = registration.invitation.session
    state = rules.state_now(registration)
    if session.status == SessionStatus.CANCELLED:
        return "cancelled"
    if state == RegistrationState.ADMITTED:
        return "in" if _is_on_list(registration) else "off"
    if state == RegistrationState.REMOVED:
        return "off"
    if session.starts_at <= clock.now():
        return "over"
    if state is None:
        return "expired"
    return str(state)


def _is_on_list(registration: Registration) -> bool:
    found = lists.by_ids([registration.enrolment_id] if registration.enrolment_id else [])
    return any(e.cancelled_at is None for e in found)


def _told(state: str, reason: str) -> tuple[str, str, str]:
    """Return how the page says where somebody stands: kind, title and a sentence."""
    return {
        "unconfirmed": ("wait", _("One more step"), _("Nothing is done before you confirm.")),
        "waiting": (
            "wait",
            _("You are on the waiting list"),
            _("We write to you as soon as a place is yours."),
        ),
        "in": ("done", _("You are in"), _("Your joining instructions are on their way by e-mail.")),
        "off": (
            "info",
            _("You are no longer expected"),
            _("The organiser has taken you off. If that is a mistake, write to us."),
        ),
        "left": ("info", _("You gave up your registration"), _("Nothing more will come to you about it.")),
        "expired": (
            "late",
            _("This registration has run out"),
            _("It was not confirmed within two days. Register again: it takes a minute."),
        ),
        "over": (
            "info",
            _("The waiting list is closed"),
            _("The session has started. If you are there, tell who runs it."),
        ),
        "cancelled": ("stop", _("This session is cancelled"), reason),
    }[state]
