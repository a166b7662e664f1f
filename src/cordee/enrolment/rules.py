"""When people may be put on the list of a session."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.names import is_email
from cordee.kernel.refusals import Blocker
from cordee.planning.models import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to be enrolled, as typed or pasted; normalised before it is compared."""

    email: str = ""
    first_name: str = ""
    last_name: str = ""


def is_somebody(person: Person, *, line: int) -> Iterator[Blocker]:
    """A person has an address that looks like one, or a name."""
    if person.email and not is_email(person.email):
        yield Blocker(
            "bad_email",
            _("Line %(line)d: “%(email)s” is not an e-mail address.") % {"line": line, "email": person.email},
            _("Correct it, or leave it empty and give the name."),
            field=f"line-{line}",
        )
    if not (person.email or person.first_name or person.last_name):
        yield Blocker(
            "nobody",
            _("Line %(line)d has neither a name nor an address.") % {"line": line},
            field=f"line-{line}",
        )


def list_is_open(session: Session) -> Iterator[Blocker]:
    """After the end of the session the list is changed through presence: walk-ins are added there."""
    if session.ends_at <= clock.now():
        yield Blocker(
            "already_ended",
            _("Session %(session)s has ended: its list is closed.") % {"session": session.ref},
            _("Add who came without being on the list as a walk-in, beside presence."),
        )


def fits_the_room(session: Session, *, enrolled: int, more: int) -> Iterator[Blocker]:
    """No more people than the session takes."""
    left = session.capacity - enrolled
    if more > left:
        yield Blocker(
            "no_room",
            ngettext(
                "%(session)s takes %(capacity)d people: %(left)d place is left for %(more)d.",
                "%(session)s takes %(capacity)d people: %(left)d places are left for %(more)d.",
                left,
            )
            % {"session": session.ref, "capacity": session.capacity, "left": max(0, left), "more": more},
            _("Enrol the others on a parallel session, or raise the capacity of this one."),
            field="people",
        )


def address_is_free(email: str, others: Sequence[str]) -> Iterator[Blocker]:
    """Two people on one list do not share an address."""
    if email and email in others:
        yield Blocker(
            "email_taken",
            _("%(email)s is somebody else's on this list.") % {"email": email},
            _("Give each person their own address, or leave it empty."),
            field="email",
        )


def may_add_walk_in(session: Session, actor: Actor, *, runs_mission: bool, on_session: bool) -> Iterator[Blocker]:
    """Walk-ins are added by those who are there, once the session has begun."""
    if not (runs_mission or on_session):
        yield Blocker(
            "not_on_session",
            _("Only those who run this session can do this."),
            _("Ask its facilitator or the coordinator."),
        )
    if session.starts_at > clock.now():
        yield Blocker(
            "not_started",
            _("The session has not begun yet."),
            _("Enrol people on its list instead: they will get their joining instructions."),
        )
