"""When people came and went, and the minutes that follow from it."""

from datetime import datetime, timedelta

import pytest

from cordee.attendance import actions, queries
from cordee.attendance.facts import TimesTold
from cordee.attendance.models import Presence
from cordee.attendance.states import PresenceState, Way
from cordee.enrolment.models import Enrolment
from cordee.kernel.actor import Actor, ActorKind
from cordee.planning.models import HalfDay, Session
from tests.attendance.test_signing import given
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import AFTER, DURING, confirm, enrol, plan, told

THEMSELVES = Actor(ActorKind.LINK, link_id=1)


@pytest.fixture
def session(cast: Cast) -> Session:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    return session


@pytest.fixture
def half_day(session: Session) -> HalfDay:
    return session.half_days.get()


@pytest.fixture
def ana(cast: Cast, session: Session, half_day: HalfDay, now: MovableClock) -> Enrolment:
    """Ana, present from 9:00 to 12:00."""
    ana, bo = enrol(cast, session, "Ana", "Bo")
    now.move_to(DURING)
    states = {ana.pk: PresenceState.PRESENT, bo.pk: PresenceState.ABSENT}
    actions.record_presence(half_day_id=half_day.pk, states=states, by=cast.actor(cast.noor))
    return ana


def at(half_day: HalfDay, minutes: int | None) -> datetime | None:
    return None if minutes is None else half_day.starts_at + timedelta(minutes=minutes)


def tell(half_day: HalfDay, who: Enrolment, came: int | None, left: int | None, by: Actor) -> Presence:
    return actions.tell_times(
        half_day_id=half_day.pk,
        enrolment_id=who.pk,
        arrived_at=at(half_day, came),
        left_at=at(half_day, left),
        by=by,
    )


def minutes(session: Session, who: Enrolment) -> int:
    return sum(s.minutes for (pk, _h), s in queries.stays(session.pk).items() if pk == who.pk)


@pytest.mark.parametrize(
    ("came", "left", "expected", "state"),
    [
        (None, None, 180, "present"),
        (40, None, 140, "late"),
        (None, 150, 150, "present"),
        (40, 150, 110, "late"),
        (0, 180, 180, "present"),
        (179, None, 1, "late"),
    ],
)
def test_minutes_follow_from_when_they_came_and_left(
    *,
    cast: Cast,
    session: Session,
    half_day: HalfDay,
    ana: Enrolment,
    came: int | None,
    left: int | None,
    expected: int,
    state: str,
) -> None:
    mark = tell(half_day, ana, came, left, cast.actor(cast.noor))
    assert (minutes(session, ana), mark.state) == (expected, state)


def test_who_was_not_there_has_no_minutes(session: Session, ana: Enrolment) -> None:
    bo = Enrolment.objects.exclude(pk=ana.pk).get()
    assert minutes(session, bo) == 0


@pytest.mark.parametrize(
    ("came", "left", "code"),
    [
        (-1, None, "arrived_outside"),
        (180, None, "arrived_outside"),
        (None, 181, "left_outside"),
        (None, 0, "left_outside"),
        (90, 60, "left_outside"),
        (90, 90, "left_outside"),
    ],
)
def test_times_outside_the_half_day_are_refused(
    *, cast: Cast, half_day: HalfDay, ana: Enrolment, came: int | None, left: int | None, code: str
) -> None:
    with refused(code):
        tell(half_day, ana, came, left, cast.actor(cast.noor))


def test_of_who_was_absent_or_has_no_mark_nothing_is_said(
    cast: Cast, half_day: HalfDay, ana: Enrolment
) -> None:
    bo = Enrolment.objects.exclude(pk=ana.pk).get()
    with refused("not_there"):
        tell(half_day, bo, 30, None, cast.actor(cast.noor))


def test_people_say_it_of_themselves_during_the_half_day_only(
    cast: Cast, session: Session, half_day: HalfDay, ana: Enrolment, now: MovableClock
) -> None:
    tell(half_day, ana, None, 120, THEMSELVES)
    assert minutes(session, ana) == 120
    now.move_to(AFTER)
    with refused("too_late_to_sign"):
        tell(half_day, ana, None, None, THEMSELVES)
    tell(half_day, ana, None, 150, cast.actor(cast.noor))
    assert minutes(session, ana) == 150


def test_others_do_not_say_it(cast: Cast, half_day: HalfDay, ana: Enrolment) -> None:
    with refused("not_on_session"):
        tell(half_day, ana, 30, None, cast.actor(cast.elodie))


def test_a_countersigned_half_day_keeps_its_times(cast: Cast, half_day: HalfDay, ana: Enrolment) -> None:
    actions.countersign(
        half_day_id=half_day.pk, given=given(way=Way.ACCOUNT), despite_unsigned=True, by=cast.actor(cast.noor)
    )
    with refused("countersigned"):
        tell(half_day, ana, 30, None, cast.actor(cast.noor))


def test_every_word_stays_on_record(cast: Cast, half_day: HalfDay, ana: Enrolment) -> None:
    tell(half_day, ana, 30, None, cast.actor(cast.noor))
    tell(half_day, ana, 30, None, cast.actor(cast.noor))
    tell(half_day, ana, None, None, cast.actor(cast.noor))
    marks = queries.history(ana.pk, half_day.pk)
    assert [m.arrived_at is not None for m in marks] == [False, True, False], "the same twice is one word"
    assert len(told(TimesTold)) == 2


def test_a_correction_of_presence_keeps_when_they_left(
    cast: Cast, session: Session, half_day: HalfDay, ana: Enrolment
) -> None:
    tell(half_day, ana, None, 120, cast.actor(cast.noor))
    bo = Enrolment.objects.exclude(pk=ana.pk).get()
    both = {ana.pk: PresenceState.LATE, bo.pk: PresenceState.PRESENT}
    actions.record_presence(half_day_id=half_day.pk, states=both, by=cast.actor(cast.noor))
    assert (minutes(session, ana), minutes(session, bo)) == (120, 180)
    gone = {ana.pk: PresenceState.ABSENT, bo.pk: PresenceState.PRESENT}
    actions.record_presence(half_day_id=half_day.pk, states=gone, by=cast.actor(cast.noor))
    assert minutes(session, ana) == 0
    actions.record_presence(half_day_id=half_day.pk, states=both, by=cast.actor(cast.noor))
    assert minutes(session, ana) == 180, "who was absent left nothing behind"
