"""Planning sessions: in time, in place, within the order."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from cordee.kernel.periods import half_days_between
from cordee.kernel.refusals import Turn
from cordee.missions.models import OrderLine
from cordee.planning import actions, queries
from cordee.planning.facts import SessionPlanned
from cordee.planning.models import Session
from cordee.planning.states import AssignmentStatus, DeliveryMode
from tests.cast import THURSDAY, Cast, draft
from tests.conftest import MovableClock
from tests.planning.drafts import half_days
from tests.refusals import refused
from tests.steps import (
    place_of,
    plan,
    reason_of,
    told,
)


def test_one_session_is_planned_with_its_half_days(cast: Cast) -> None:
    (session,) = plan(cast, title=" Atelier ", place=" Hôtel de ville ")
    assert (session.ref, session.title, session.place) == ("S-2027-0001-A", "Atelier", "Hôtel de ville")
    assert session.starts_at == datetime(2027, 1, 14, 8, tzinfo=UTC)
    assert session.ends_at == datetime(2027, 1, 14, 11, tzinfo=UTC)
    assert told(SessionPlanned) == [{"session_id": session.pk, "ref": session.ref, "reason_id": None}]


def test_without_a_title_it_is_called_after_the_service(cast: Cast) -> None:
    assert plan(cast, title=" ")[0].title == "Atelier 3 h"


def test_parallel_sessions_get_one_facilitator_each(cast: Cast) -> None:
    sessions = plan(cast, cast.camille, cast.noor, cast.elodie, cast.idris, count=4)
    assert [s.title for s in sessions] == ["Atelier A", "Atelier B", "Atelier C", "Atelier D"]
    assert [s.ref[-1] for s in sessions] == ["A", "B", "C", "D"]
    for session, facilitator in zip(
        sessions, (cast.camille, cast.noor, cast.elodie, cast.idris), strict=True
    ):
        status = AssignmentStatus.CONFIRMED if facilitator == cast.camille else AssignmentStatus.INVITED
        assert place_of(session, facilitator).status == status


def test_more_facilitators_than_sessions_run_them_together(cast: Cast) -> None:
    sessions = plan(cast, cast.camille, cast.noor, cast.elodie, cast.idris, count=2)
    assert [s.assignments.count() for s in sessions] == [2, 2]
    assert queries.committed(cast.line.pk) == 4


def test_only_those_who_run_the_mission_plan(cast: Cast) -> None:
    for person in (cast.dan, cast.noor, cast.farid, cast.quitterie, cast.ada):
        with refused("not_coordinator", turn=Turn.COORDINATOR):
            actions.plan_sessions(
                mission_id=cast.mission.pk, line_id=cast.line.pk, draft=draft(), by=cast.actor(person)
            )
    actions.plan_sessions(
        mission_id=cast.mission.pk, line_id=cast.line.pk, draft=draft(), by=cast.actor(cast.olga)
    )


def test_a_line_of_another_mission_is_not_planned_here(cast: Cast) -> None:
    other = cast.other_mission.order.lines.get()
    with pytest.raises(OrderLine.DoesNotExist):
        actions.plan_sessions(
            mission_id=cast.mission.pk, line_id=other.pk, draft=draft(), by=cast.actor(cast.camille)
        )


def test_no_more_than_ordered_is_planned(cast: Cast) -> None:
    plan(cast, count=3)
    with refused("beyond_order", turn=Turn.OPERATIONS) as blockers:
        plan(cast, count=2)
    assert "amendment" in blockers[0].fix
    assert "1 of 4" in blockers[0].message
    plan(cast)
    with refused("beyond_order") as blockers:
        plan(cast)
    assert "all 4" in blockers[0].message
    assert Session.objects.count() == 4


def test_a_refused_facilitator_leaves_nothing_planned(cast: Cast) -> None:
    plan(cast, cast.noor)
    with refused("clash"):
        plan(cast, cast.camille, cast.noor, count=2)
    assert Session.objects.count() == 1


@pytest.mark.parametrize("count", [0, 31])
def test_a_sensible_number_at_once(cast: Cast, count: int) -> None:
    with refused("sessions_count"):
        plan(cast, count=count)


def test_a_start_in_the_past_is_refused_even_by_a_minute(cast: Cast, now: MovableClock) -> None:
    now.move_to("2027-01-14 09:00")
    with refused("in_the_past", turn=Turn.OPERATIONS) as blockers:
        plan(cast)
    assert blockers[0].field == "day"
    now.move_to("2027-01-14 08:59")
    plan(cast)


def test_operations_regularise_with_a_reason_that_stays_on_record(cast: Cast, now: MovableClock) -> None:
    now.move_to("2027-01-15 09:00")

    def regularise(reason: str) -> Session:
        (session,) = actions.plan_sessions(
            mission_id=cast.mission.pk,
            line_id=cast.line.pk,
            draft=draft(),
            regularised_because=reason,
            by=cast.actor(cast.olga),
        )
        return session

    with refused("in_the_past") as blockers:
        regularise("  ")
    assert blockers[0].field == "regularised_because"
    session = regularise(" Saisie oubliée ")
    assert session.regularised_because == "Saisie oubliée"
    assert reason_of(SessionPlanned) == "Saisie oubliée"


def test_a_reason_given_for_nothing_is_not_kept(cast: Cast) -> None:
    (session,) = actions.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        regularised_because="pour rien",
        by=cast.actor(cast.olga),
    )
    assert session.regularised_because == ""


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"place": " "}, "no_place", "place"),
        ({"mode": DeliveryMode.REMOTE}, "no_link", "video_link"),
        ({"time_zone": "Europe/Valmont"}, "bad_time_zone", "time_zone"),
    ],
)
def test_where_and_when_must_be_known(cast: Cast, changes: dict[str, object], code: str, field: str) -> None:
    with refused(code) as blockers:
        plan(cast, **changes)
    assert blockers[0].field == field


def test_an_address_or_a_link_is_place_enough(cast: Cast) -> None:
    plan(cast, place="", address="1 rue de la Paix")
    plan(cast, place="", mode=DeliveryMode.REMOTE, video_link="https://visio.example/x")


@pytest.mark.parametrize(
    ("times", "code"),
    [
        ([], "half_days_count"),
        ([f"{h:02}:00-{h:02}:30" for h in range(8, 15)], "half_days_count"),
        (["09:00-12:00", "11:59-14:00"], "half_days_overlap"),
        (["14:00-17:00", "09:00-12:00"], "half_days_overlap"),
    ],
)
def test_half_days_follow_each_other(cast: Cast, times: list[str], code: str) -> None:
    with refused(code) as blockers:
        actions.plan_sessions(
            mission_id=cast.mission.pk,
            line_id=cast.line.pk,
            draft=half_days(*times),
            by=cast.actor(cast.camille),
        )
    assert blockers[0].field == "half_days"


def test_a_time_that_does_not_exist_is_refused(cast: Cast) -> None:
    with refused("no_such_time") as blockers:
        plan(cast, day=date(2027, 3, 28), starts="02:30", ends="05:00")
    assert "2027-03-28 02:30" in blockers[0].message


@pytest.mark.parametrize(
    ("day", "zone", "starts_at"),
    [
        (date(2027, 3, 27), "Europe/Paris", datetime(2027, 3, 27, 8, tzinfo=UTC)),
        (date(2027, 3, 28), "Europe/Paris", datetime(2027, 3, 28, 7, tzinfo=UTC)),
        (date(2027, 3, 28), "America/New_York", datetime(2027, 3, 28, 13, tzinfo=UTC)),
        (date(2027, 10, 31), "Europe/Paris", datetime(2027, 10, 31, 8, tzinfo=UTC)),
    ],
)
def test_the_clocks_may_change_between_planning_and_the_day(
    cast: Cast, day: date, zone: str, starts_at: datetime
) -> None:
    (session,) = plan(cast, day=day, time_zone=zone)
    assert session.starts_at == starts_at
    assert queries.slots(session.half_days.all())[0].starts == time(9)


@pytest.mark.parametrize(
    "day", [date(9999, 12, 31), date(2999, 1, 1), date(2032, 1, 5), date(1, 1, 1), date(2022, 1, 3)]
)
def test_sessions_take_place_within_five_years(cast: Cast, day: date) -> None:
    with refused("too_far_away"):
        plan(cast, day=day)
    assert not Session.objects.exists()


def test_a_session_over_midnight_ends_on_the_next_day(cast: Cast) -> None:
    (session,) = plan(cast, starts="22:00", ends="01:00")
    half_day = session.half_days.get()
    assert (half_day.day, half_day.starts, half_day.ends) == (THURSDAY, time(22), time(1))
    assert session.starts_at == half_day.starts_at == datetime(2027, 1, 14, 21, tzinfo=UTC)
    assert session.ends_at == half_day.ends_at == datetime(2027, 1, 15, 0, tzinfo=UTC)


def test_an_afternoon_may_go_on_until_midnight(cast: Cast) -> None:
    made = half_days_between(THURSDAY, time(14), time(0))
    (session,) = actions.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=replace(draft(), half_days=made),
        by=cast.actor(cast.camille),
    )
    assert session.ends_at == datetime(2027, 1, 14, 23, tzinfo=UTC), "0:00 in Paris"
    assert [f"{h.starts:%H:%M}-{h.ends:%H:%M}" for h in queries.half_days(session.pk)] == [
        "14:00-18:30",
        "19:30-00:00",
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "field"), [("22:00", "02:30", "ends"), ("17:00", "02:30", "ends")]
)
def test_an_end_that_the_clocks_jump_over_is_refused_beside_the_end(
    cast: Cast, starts: str, ends: str, field: str
) -> None:
    with refused("no_such_time") as blockers:
        plan(cast, day=date(2027, 3, 27), starts=starts, ends=ends)
    assert [b.field for b in blockers] == [field]


def test_a_break_that_the_clocks_jump_over_is_refused_beside_the_half_days(cast: Cast) -> None:
    """Nobody typed that hour above them: it was made of the start and the end."""
    night = draft(date(2027, 3, 27), starts="22:00", ends="07:00")
    made = replace(night, half_days=half_days_between(date(2027, 3, 27), time(22), time(7)))
    with refused("no_such_time") as blockers:
        actions.plan_sessions(
            mission_id=cast.mission.pk, line_id=cast.line.pk, draft=made, by=cast.actor(cast.camille)
        )
    assert [b.field for b in blockers] == ["half_days"]


def test_a_night_clashes_with_what_begins_after_midnight(cast: Cast) -> None:
    plan(cast, cast.noor, starts="22:00", ends="01:00")
    with refused("clash"):
        plan(cast, cast.noor, day=date(2027, 1, 15), starts="00:30", ends="02:00")
    plan(cast, cast.noor, day=date(2027, 1, 15), starts="01:00", ends="02:00")
