"""Services and fee schedules."""

from datetime import UTC, date, datetime
from decimal import Decimal

from cordee.catalogue import actions, queries
from cordee.catalogue.facts import FeeRatesChanged, FeeScheduleAdded, ServiceTypeChanged
from cordee.catalogue.models import FeeSchedule
from cordee.catalogue.queries import RateQuestion
from cordee.catalogue.rules import ServiceChanges
from cordee.catalogue.states import PaidRole, ServiceKind
from cordee.clients.states import Sector
from cordee.kernel.changes import UNSET, Unset
from cordee.kernel.money import Money
from cordee.kernel.refusals import Turn
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.papers import PDF
from tests.refusals import refused
from tests.steps import told

FACILITATION = PaidRole.FACILITATION


def question(cast: Cast, day: date) -> RateQuestion:
    return RateQuestion(cast.workshop.pk, Sector.COMPANY, FACILITATION, day)


def set_rate(cast: Cast, schedule: FeeSchedule, amount: Decimal | None) -> None:
    cell = (cast.workshop.pk, Sector.COMPANY, FACILITATION)
    actions.set_rates(schedule_id=schedule.pk, rates={cell: amount}, by=cast.actor(cast.olga))


def test_only_operations_and_administrators_keep_the_catalogue(cast: Cast) -> None:
    schedule = FeeSchedule.objects.get()
    for person in (cast.farid, cast.quitterie, cast.camille):
        by = cast.actor(person)
        with refused("not_operations", turn=Turn.OPERATIONS):
            actions.add_service_type(
                code="x", name="X", kind=ServiceKind.WORKSHOP, minutes=60, half_days=1, capacity=10, by=by
            )
        with refused("not_operations"):
            actions.change_service_type(service_type_id=cast.workshop.pk, expected_version=None, by=by)
        with refused("not_operations"):
            actions.add_fee_schedule(name="X", valid_from=date(2027, 2, 1), by=by)
        with refused("not_operations"):
            actions.set_rates(schedule_id=schedule.pk, rates={}, by=by)


def test_each_service_has_its_own_code(cast: Cast) -> None:
    by = cast.actor(cast.ada)
    with refused("code_taken") as blockers:
        actions.add_service_type(
            code="workshop", name="X", kind=ServiceKind.WORKSHOP, minutes=60, half_days=1, capacity=10, by=by
        )
    assert blockers[0].field == "code"
    with refused("code_taken"):
        actions.change_service_type(
            service_type_id=cast.training.pk,
            changes=ServiceChanges(code="workshop"),
            expected_version=None,
            by=by,
        )


def test_a_service_is_changed_once_and_not_over_somebody_elses_change(cast: Cast) -> None:
    by = cast.actor(cast.olga)
    changes = ServiceChanges(code="workshop", capacity=12)
    service = actions.change_service_type(
        service_type_id=cast.workshop.pk, changes=changes, expected_version=1, by=by
    )
    assert (service.capacity, service.version) == (12, 2)
    assert told(ServiceTypeChanged)[-1]["fields"] == ["capacity"]
    with refused("changed_meanwhile"):
        actions.change_service_type(
            service_type_id=cast.workshop.pk, changes=ServiceChanges(capacity=9), expected_version=1, by=by
        )


def test_another_programme_is_the_next_version_and_the_same_is_none(cast: Cast, now: MovableClock) -> None:
    by, service = cast.actor(cast.olga), cast.workshop

    def write(text: str | Unset = UNSET, change: str = "", file: bytes | None = None) -> None:
        actions.change_service_type(
            service_type_id=service.pk,
            changes=ServiceChanges(programme=text, capacity=9),
            programme_file=file,
            programme_change=change,
            expected_version=None,
            by=by,
        )

    before = service.programmes.count()
    write("Objectif : comprendre.", " Un  objectif. ")
    write("Objectif : comprendre.", "Rien de nouveau")
    now.move_to("2027-03-01 09:00")
    for _ in range(2):
        write(file=PDF)
    now.move_to("2027-04-01 09:00")
    write("Objectif : agir.")
    with refused("change_too_long") as blockers:
        write("Autre", "x" * 301)
    assert blockers[0].field == "programme_change"
    rows = list(queries.programmes(service.pk)[:3])
    service.refresh_from_db()
    assert [row.number - before for row in rows] == [3, 2, 1]
    assert [(row.text, row.file is None, row.changed) for row in rows] == [
        ("Objectif : agir.", False, ""),
        ("Objectif : comprendre.", False, ""),
        ("Objectif : comprendre.", True, "Un objectif."),
    ]
    assert (rows[0].text, rows[0].file_id) == (service.programme, service.programme_file_id)
    assert {row.made_by for row in rows} == {cast.olga.pk}


def test_what_stood_at_a_time_is_known(cast: Cast, now: MovableClock) -> None:
    for month in (1, 3, 5):
        now.move_to(f"2027-0{month}-10 09:00")
        actions.change_service_type(
            service_type_id=cast.workshop.pk,
            changes=ServiceChanges(programme=f"Du mois {month}"),
            expected_version=None,
            by=cast.actor(cast.olga),
        )

    def stood(*months: int) -> list[str]:
        since, until = (datetime(2027, month, 20, tzinfo=UTC) for month in months)
        return [v.text for v in queries.programmes_between([cast.workshop.pk], since, until)]

    assert stood(1, 2) == ["Du mois 1"]
    assert stood(2, 3) == ["Du mois 1", "Du mois 3"]
    assert stood(3, 6) == ["Du mois 3", "Du mois 5"]
    old = datetime(2020, 1, 1, tzinfo=UTC)
    assert [v.number for v in queries.programmes_between([cast.workshop.pk], old, old)] == [1], (
        "as far as is known"
    )


def test_a_new_schedule_begins_with_the_amounts_in_force_that_day(cast: Cast) -> None:
    by = cast.actor(cast.olga)
    schedule = actions.add_fee_schedule(name="Grille 2027", valid_from=date(2027, 2, 1), by=by)
    (old,) = FeeSchedule.objects.exclude(pk=schedule.pk)
    assert queries.rate_table(schedule.pk) == queries.rate_table(old.pk) != {}
    assert told(FeeScheduleAdded)[-1]["valid_from"] == "2027-02-01"
    with refused("schedule_exists") as blockers:
        actions.add_fee_schedule(name="Encore", valid_from=date(2027, 2, 1), by=by)
    assert blockers[0].field == "valid_from"
    empty = actions.add_fee_schedule(name="Vide", valid_from=date(2028, 1, 1), copy_current=False, by=by)
    assert queries.rate_table(empty.pk) == {}


def test_the_rate_is_that_of_the_schedule_in_force_on_the_day(cast: Cast) -> None:
    later = actions.add_fee_schedule(
        name="Grille 2027", valid_from=date(2027, 2, 1), by=cast.actor(cast.olga)
    )
    set_rate(cast, later, Decimal(300))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2027, 1, 31), date(2027, 2, 1)]
    found = queries.rates_for(question(cast, day) for day in days)
    assert [found.get(question(cast, day)) for day in days] == [
        None,
        Money(Decimal(250)),
        Money(Decimal(250)),
        Money(Decimal(300)),
    ]
    assert queries.schedule_in_force(date(2025, 12, 31)) is None


def test_an_emptied_cell_has_no_rate_and_zero_is_one(cast: Cast) -> None:
    schedule, day = FeeSchedule.objects.get(), date(2027, 1, 14)
    set_rate(cast, schedule, None)
    assert queries.rates_for([question(cast, day)]) == {}
    set_rate(cast, schedule, Decimal(0))
    assert queries.rates_for([question(cast, day)]) == {question(cast, day): Money.zero()}
    assert told(FeeRatesChanged)[-1]["rates"] == 1


def test_many_questions_cost_two_queries(cast: Cast, django_assert_num_queries: object) -> None:
    questions = [question(cast, date(2027, 1, day)) for day in range(1, 31)]
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(queries.rates_for(questions)) == 30
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert queries.rates_for([]) == {}
