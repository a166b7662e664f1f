"""When people may be put on the list of a session."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.accounts.rules import names_lead_nowhere
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import LONGEST_NAME, MOST_AT_ONCE
from cordee.kernel import clock
from cordee.kernel.names import is_email
from cordee.kernel.refusals import Blocker
from cordee.planning.models import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to be enrolled, as typed or pasted; normalised before it is compared."""

    email: str = ""
    first_name: str = ""
    last_name: str = ""
    group: str = ""
    """The client's own word for where the person belongs."""
    details: Mapping[str, str] = field(default_factory=dict)
    """What else was said of the person, by column."""
    sure: bool = False
    """Somebody said that this is none of those it may be, or the person speaks for themselves."""
    row: int = 0
    """The row of the list that said it, when there is one."""


def is_somebody(person: Person, *, line: int | None = None) -> Iterator[Blocker]:
    """A person has an address that looks like one, or a name.
    `line`: where on the list, when there is one.
    """
    where = f"line-{line}" if line else "email"
    if person.email and not is_email(person.email):
        values = {"line": line, "email": person.email}
        message = (
            _("Line %(line)d: “%(email)s” is not an e-mail address.")
            if line
            else _("“%(email)s” is not an e-mail address.")
        )
        fix = _("Correct it, or leave it empty and give the name.")
        yield Blocker("bad_email", message % values, fix, field=where)
    if not (person.email or person.first_name or person.last_name):
        message = (
            _("Line %(line)d has neither a name nor an address.")
            if line
            else _("There is neither a name nor an address.")
        )
        yield Blocker("nobody", message % {"line": line}, _("Give at least one of the two."), field=where)
    if max(len(person.first_name), len(person.last_name)) > LONGEST_NAME:
        message = (
            _("Line %(line)d: this name is longer than %(most)d letters.")
            if line
            else _("This name is longer than %(most)d letters.")
        )
        values = {"line": line, "most": LONGEST_NAME}
        fix = _("Check that the line holds one person.")
        yield Blocker("name_too_long", message % values, fix, field=where)
    yield from names_lead_nowhere(first_name=person.first_name, last_name=person.last_name, line=line)


def not_too_many(count: int) -> Iterator[Blocker]:
    if count > MOST_AT_ONCE:
        yield Blocker(
            "too_many_people",
            _("At most %(most)d people can be enrolled at once.") % {"most": MOST_AT_ONCE},
            _("Enrol them in several goes, group by group."),
            field="people",
        )


def row_is_gone() -> Iterator[Blocker]:
    """A row leaves the list when its person is enrolled, or when somebody leaves it out."""
    yield Blocker(
        "row_gone",
        _("This row is no longer in the list: it was enrolled or left out meanwhile."),
        _("If the person is not among those enrolled, add them again."),
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
    """No more people than the session takes; walk-ins may have filled it beyond that."""
    left = max(0, session.capacity - enrolled)
    if more > left:
        yield Blocker(
            "no_room",
            ngettext(
                "%(session)s has a capacity of %(capacity)d: %(left)d place is left for %(more)d.",
                "%(session)s has a capacity of %(capacity)d: %(left)d places are left for %(more)d.",
                left,
            )
            % {"session": session.ref, "capacity": session.capacity, "left": left, "more": more},
            _("Enrol the others on a parallel session, or raise the capacity of this one."),
            field="people",
        )


def all_keep_a_place(session_id: int, capacity: int) -> Iterator[Blocker]:
    """A session that shall take fewer people than are enrolled is pointed out, with their number."""
    enrolled = Enrolment.objects.filter(session_id=session_id, cancelled_at=None).count()
    if enrolled > capacity:
        yield Blocker(
            "below_enrolled",
            ngettext(
                "%(n)d person is enrolled already, for a capacity of %(capacity)d.",
                "%(n)d people are enrolled already, for a capacity of %(capacity)d.",
                enrolled,
            )
            % {"n": enrolled, "capacity": capacity},
            _("Move some of them to another session, or tick “lower it all the same”: nobody is taken off."),
            field="despite_enrolled",
            subject=f"{enrolled}>{capacity}",
        )


def has_a_name(person: Person) -> Iterator[Blocker]:
    """Who says how their name is spelt gives one: it stands on the sheet and on the certificate."""
    if not (person.first_name and person.last_name):
        yield Blocker(
            "no_name",
            _("Your first name and your last name are both needed: they stand on the attendance sheet."),
            _("If you have only one, write it twice."),
            field="last_name" if person.first_name else "first_name",
        )


def is_on_list(*, cancelled: bool) -> Iterator[Blocker]:
    if cancelled:
        yield Blocker(
            "not_on_list",
            _("You are no longer on the list of this session."),
            _("If that is a mistake, write to us."),
        )


def is_not_there_twice(person: Person, *, taken: bool) -> Iterator[Blocker]:
    """Nobody stands twice on one list."""
    if taken:
        name = f"{person.first_name} {person.last_name}".strip() or person.email
        yield Blocker(
            "there_already",
            _("%(name)s stands on this list already, or was taken off it.") % {"name": name},
            _("If it is the same person, keep one of the two; if not, tell their names apart."),
            field="last_name",
        )


def may_add_walk_in(session: Session, *, runs_mission: bool, on_session: bool) -> Iterator[Blocker]:
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
