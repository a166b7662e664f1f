"""Reading invitations and registrations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from cordee.enrolment import queries as lists
from cordee.enrolment.rules import Person, identity
from cordee.enrolment.rules.identity import Known
from cordee.kernel import clock
from cordee.registration.models import Invitation, Registration
from cordee.registration.states import CONFIRM_WITHIN, RegistrationState

_WITH_SESSION = ("session__mission__order__client", "session__line__service_type")


def invitation_of(session_id: int) -> Invitation | None:
    return Invitation.objects.filter(session_id=session_id).first()


def by_token(token: str) -> Invitation | None:
    """Return the invitation that stands in a link, with its session, mission, client and service."""
    return Invitation.objects.select_related(*_WITH_SESSION).filter(token=token).first()


def registration(registration_id: int) -> Registration | None:
    """Return a registration with its session, mission, client and service."""
    found = Registration.objects.select_related(*(f"invitation__{name}" for name in _WITH_SESSION))
    return found.filter(pk=registration_id).first()


def of_mailbox(invitation: Invitation, email: str) -> list[Registration]:
    """Return who registered with an address (normal) through an invitation, who asked first first."""
    return list(invitation.registrations.filter(email=email).order_by("asked_at", "pk"))


def who_registered(person: Person, mailbox: Sequence[Registration]) -> Registration | None:
    """Return which of those who registered with one address somebody is; none when they are another person."""
    known = [Known(id=r.pk, email=r.email, first_name=r.first_name, last_name=r.last_name) for r in mailbox]
    answer = identity.judge([person], known)[0]
    return next((r for r in mailbox if answer.known and r.pk == answer.known.id), None)


def of_enrolment(enrolment_id: int) -> Registration | None:
    """Return the registration by which somebody came on the list."""
    return Registration.objects.filter(enrolment_id=enrolment_id).order_by("-pk").first()


def by_ids(registration_ids: Iterable[int]) -> list[Registration]:
    return list(Registration.objects.filter(pk__in=set(registration_ids)).order_by("pk"))


def waiting(session_id: int) -> list[Registration]:
    """Return who waits, who confirmed first first."""
    found = Registration.objects.filter(invitation__session_id=session_id, state=RegistrationState.WAITING)
    return list(found.order_by("confirmed_at", "pk"))


def unconfirmed(session_id: int) -> list[Registration]:
    """Return who registered and has not confirmed yet."""
    found = Registration.objects.filter(
        invitation__session_id=session_id, state=RegistrationState.UNCONFIRMED
    )
    return list(found.order_by("pk"))


def moved_up(enrolment_ids: Iterable[int]) -> set[int]:
    """Return which of these enrolments come from a registration that had to wait for a place."""
    found = Registration.objects.filter(
        enrolment_id__in=set(enrolment_ids), state=RegistrationState.ADMITTED, moved_up_at__isnull=False
    )
    return {pk for pk in found.values_list("enrolment_id", flat=True) if pk}


def position(registration: Registration) -> int:
    """Return the place of somebody on the waiting list, from 1."""
    first = Q(confirmed_at__lt=registration.confirmed_at) | Q(
        confirmed_at=registration.confirmed_at, pk__lt=registration.pk
    )
    ahead = Registration.objects.filter(
        first, invitation_id=registration.invitation_id, state=RegistrationState.WAITING
    )
    return ahead.count() + 1


@dataclass(frozen=True, slots=True)
class Pending:
    """The registrations of a session that wait: for room, in order, or for a confirmation."""

    waiting: list[Registration]
    unconfirmed: list[Registration]
    admitted: int


def pending(invitation: Invitation) -> Pending:
    """Return the registrations of an invitation as the coordinator sees them, in one query."""
    rows = list(invitation.registrations.order_by("confirmed_at", "asked_at", "pk"))
    since = clock.now() - CONFIRM_WITHIN
    return Pending(
        waiting=[r for r in rows if r.state == RegistrationState.WAITING],
        unconfirmed=[r for r in rows if r.state == RegistrationState.UNCONFIRMED and r.asked_at > since],
        admitted=sum(r.state == RegistrationState.ADMITTED for r in rows),
    )


def address_of(registration: Registration) -> str:
    """Return where somebody who registered is written to: once they are on a list, as it was corrected there."""
    found = lists.by_ids([registration.enrolment_id] if registration.enrolment_id else [])
    return found[0].participant.email if found else registration.email


def waiting_of_address(email: str, *, starting_after: datetime) -> list[Registration]:
    """Return where an address (normal) waits for room, on sessions that start after a moment (UTC)."""
    found = Registration.objects.filter(
        email=email, state=RegistrationState.WAITING, invitation__session__starts_at__gt=starting_after
    )
    return list(found.select_related("invitation__session").order_by("invitation__session__starts_at", "pk"))
