"""Queries whose SQL is written once: the same rows as Django's own, for every kind of value."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from cordee.missions.models import Mission, OrderLine
from cordee.missions.states import MissionStatus
from cordee.planning.models import HalfDay, Session
from cordee.prepared import LONGEST, prepared
from tests.cast import Cast
from tests.steps import plan

LONG_AGO, FAR_AWAY = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def by_ref(ref: str) -> QuerySet[Session]:
    return Session.objects.select_related("mission__order__client", "line").filter(ref=ref)


def by_ids(ids: list[int]) -> QuerySet[Session]:
    return Session.objects.filter(pk__in=ids).order_by("pk")


def of_missions(ids: set[int]) -> QuerySet[Session, tuple[int, str]]:
    return Session.objects.filter(mission_id__in=ids).order_by("pk").values_list("pk", "title")


def between(after: datetime, until: datetime) -> QuerySet[Session]:
    return Session.objects.filter(starts_at__gt=after, starts_at__lt=until).order_by("pk")


def on_day(day: date) -> QuerySet[HalfDay, int]:
    return HalfDay.objects.filter(day=day).order_by("pk").values_list("session_id", flat=True)


def in_state(status: MissionStatus) -> QuerySet[Mission]:
    return Mission.objects.filter(status=status).order_by("pk")


def counted(mission_id: int) -> QuerySet[Session, dict[str, Any]]:
    return Session.objects.filter(mission_id=mission_id).values("line_id").annotate(n=Count("pk"))


def united(mission_id: int) -> QuerySet[Session, tuple[int, str]]:
    return (
        Session.objects.filter(mission_id=mission_id)
        .values_list("pk", "ref")
        .union(Mission.objects.filter(Q(pk=mission_id)).values_list("pk", "ref"), all=True)
    )


def test_the_rows_are_those_django_reads(cast: Cast) -> None:
    first, second, *_others = plan(cast, count=3)
    day = first.starts.date()
    cases: list[tuple[Callable[..., QuerySet[Any, Any]], tuple[Any, ...]]] = [
        (by_ref, (first.ref,)),
        (by_ref, ("S-0000-0000",)),
        (by_ids, ([first.pk, second.pk],)),
        (by_ids, ([],)),
        (of_missions, ({cast.mission.pk, cast.other_mission.pk},)),
        (between, (LONG_AGO, FAR_AWAY)),
        (between, (first.starts_at, FAR_AWAY)),
        (on_day, (day,)),
        (on_day, (day + timedelta(days=1),)),
        (in_state, (MissionStatus.RUNNING,)),
        (in_state, (MissionStatus.CLOSED,)),
        (counted, (cast.mission.pk,)),
        (united, (cast.mission.pk,)),
    ]
    for build, values in cases:
        read = prepared(build)
        for _ in range(2):  # as it is written, then as it was written
            assert read(*values) == list(build(*values)), (build, values)
    assert list(on_day(day))  # the table above compares something


def test_what_is_joined_comes_along(cast: Cast, django_assert_num_queries: Any) -> None:
    (session,) = plan(cast)
    with django_assert_num_queries(1):
        (read,) = prepared(by_ref)(session.ref)
        assert read.mission.order.client.name == cast.valmont.name


def test_values_of_one_call_are_not_those_of_another(cast: Cast) -> None:
    sessions = plan(cast, count=3)
    read = prepared(by_ref)
    assert [read(s.ref)[0].pk for s in sessions] == [s.pk for s in sessions]


def test_nothing_read_is_kept(cast: Cast) -> None:
    (session,) = plan(cast)
    read = prepared(by_ref)
    assert read(session.ref)[0].title != "Another title"
    Session.objects.filter(pk=session.pk).update(title="Another title")
    assert read(session.ref)[0].title == "Another title"


def test_the_sql_is_written_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = plan(cast, count=3)
    written: list[str] = []
    as_sql = SQLCompiler.as_sql

    def note(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        written.append("")
        return as_sql(self, *args, **kwargs)

    monkeypatch.setattr(SQLCompiler, "as_sql", note)
    read = prepared(by_ids)
    for some in (sessions[:2], sessions[1:], sessions[:2]):
        assert len(read([s.pk for s in some])) == 2
    assert len(written) == 1
    read([sessions[0].pk])  # a list of another length
    assert len(written) == 2


def test_a_limit_is_given_by_name(cast: Cast) -> None:
    sessions = plan(cast, count=3)

    @prepared
    def first(mission_id: int, *, limit: int) -> QuerySet[Session]:
        return Session.objects.filter(mission_id=mission_id).order_by("pk")[:limit]

    assert [len(first(cast.mission.pk, limit=n)) for n in (1, 2, 1)] == [1, 2, 1]
    assert first(cast.mission.pk, limit=1) == [sessions[0]]


def test_long_lists_are_left_to_django(cast: Cast) -> None:
    plan(cast, count=2)
    read = prepared(by_ids)
    assert read(list(range(LONGEST * 50))) == list(Session.objects.order_by("pk"))


def test_nothing_to_compare_with_is_an_error(cast: Cast) -> None:
    with pytest.raises(ValueError, match="None"):
        prepared(by_ref)(None)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_every_thread_asks_by_its_own_connection(cast: Cast) -> None:
    refs = [s.ref for s in plan(cast, count=3)] * 8
    read = prepared(by_ref)

    def ask(ref: str) -> str:
        try:
            return read(ref)[0].ref
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, refs)) == refs


def test_lines_come_with_their_services(cast: Cast) -> None:
    read = prepared(
        lambda order_id: OrderLine.objects.filter(order_id=order_id).select_related("service_type")
    )
    assert [line.service_type.name for line in read(cast.mission.order_id)] == [cast.workshop.name]
