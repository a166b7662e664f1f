"""Who may tell of an access need and see to it, and when."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from cordee.accommodation.models import STATE_LABELS, AccommodationRequest
from cordee.accommodation.states import (
    DUE_WORKING_DAYS_BEFORE,
    LONGEST_TEXT,
    REQUEST,
)
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.periods import local
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.planning.models import Session

_WEEKDAYS = 5


def may_handle(actor: Actor) -> Iterator[Blocker]:
    """Only the disability officer reads needs and sees to them."""
    if not actor.may(Permission.HANDLE_ACCESS_NEEDS):
        yield Blocker(
            "not_disability_officer",
            _("Access needs are seen to by the disability officer alone."),
            _("Ask the disability officer."),
            Turn.DISABILITY_OFFICER,
        )


def may_tell(actor: Actor) -> Iterator[Blocker]:
    """Participants tell of their own need, through their personal link; the officer notes it for them. Nobody
    between the two needs to know.
    """
    if actor.kind != ActorKind.LINK:
        yield from may_handle(actor)


def is_expected(enrolment: Enrolment) -> Iterator[Blocker]:
    """Something can be adapted for who is on the list, before the session begins."""
    session = enrolment.session
    if enrolment.cancelled_at is not None:
        yield Blocker("not_on_list", _("This person is no longer on the list of the session."))
    elif session.starts_at <= clock.now():
        yield Blocker(
            "already_started",
            _("The session has begun."),
            _("Tell who runs it what would help now."),
            Turn.FACILITATOR,
        )


def says_something(text: str, *, field: str) -> Iterator[Blocker]:
    """A need, an adaptation, a reason: some words, not a book."""
    if not text:
        yield Blocker("nothing_said", _("Nothing is written here."), _("Write a few words."), field=field)
    if len(text) > LONGEST_TEXT:
        yield Blocker(
            "too_long",
            _("This is longer than %(most)d letters.") % {"most": LONGEST_TEXT},
            _("Keep what matters for the session."),
            field=field,
        )


def move_is_possible(request: AccommodationRequest, move: str) -> Iterator[Blocker]:
    if not REQUEST.allows(move, request):
        yield Blocker(
            "no_such_move",
            _("This request is “%(state)s” now.") % {"state": STATE_LABELS[REQUEST.state_of(request)]},
            _("Load the page again: somebody may have changed it meanwhile."),
            Turn.DISABILITY_OFFICER,
        )


def is_the_only_one(others: int) -> Iterator[Blocker]:
    if others:
        yield Blocker(
            "another_open",
            _("Another request of the same person is open."),
            _("See to that one: it says what they need now."),
            Turn.DISABILITY_OFFICER,
        )


def is_unchanged(request: AccommodationRequest, expected_version: int | None) -> Iterator[Blocker]:
    """Two people at one request: the second is told, not overwritten."""
    if expected_version not in {None, request.version}:
        yield Blocker(
            "changed_meanwhile",
            _("This request was changed meanwhile."),
            _("Look at how it is now, then save again."),
            Turn.DISABILITY_OFFICER,
        )


def default_due(session: Session, told_at: datetime) -> date:
    """Return the day by which a request should be seen to: some working days before the session, not before
    the day on which it was told.
    """
    day = session.starts.date()
    left = DUE_WORKING_DAYS_BEFORE
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < _WEEKDAYS
    return max(day, local(told_at, session.time_zone).date())
