"""Reading the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cordee.catalogue.models import FeeRate, FeeSchedule, ServiceType
from cordee.catalogue.states import PaidRole
from cordee.kernel.money import Money


def service_types(*, active_only: bool = False) -> QuerySet[ServiceType]:
    """Return service types by name."""
    found = ServiceType.objects.order_by("name", "pk")
    return found.filter(is_active=True) if active_only else found


def fee_schedules() -> QuerySet[FeeSchedule]:
    """Return the schedules, the latest first."""
    return FeeSchedule.objects.order_by("-valid_from")


def schedule_in_force(day: date) -> FeeSchedule | None:
    """Return the schedule in force on `day` (local), if any."""
    return FeeSchedule.objects.filter(valid_from__lte=day).order_by("-valid_from").first()


@dataclass(frozen=True, slots=True)
class RateQuestion:
    """For which service, sector, role and local day a rate is wanted."""

    service_type_id: int
    sector: str
    role: PaidRole
    day: date


def rates_for(questions: Iterable[RateQuestion]) -> dict[RateQuestion, Money]:
    """Return the rate in force on the day for each question that has one,
    in two queries whatever their number.
    """
    questions = set(questions)
    if not questions:
        return {}
    schedules = list(FeeSchedule.objects.order_by("-valid_from").values_list("pk", "valid_from"))
    rows = FeeRate.objects.filter(service_type_id__in={q.service_type_id for q in questions})
    rates = {
        tuple(what): amount
        for *what, amount in rows.values_list("schedule_id", "service_type_id", "sector", "role", "amount")
    }
    found: dict[RateQuestion, Money] = {}
    for q in questions:
        in_force = next((pk for pk, valid_from in schedules if valid_from <= q.day), None)
        rate = rates.get((in_force or 0, q.service_type_id, q.sector, q.role))
        if rate is not None:
            found[q] = Money(rate)
    return found


def rate_table(schedule_id: int) -> dict[tuple[int, str, str], Money]:
    """Return a schedule's amounts by (service type, sector, role)."""
    rates = FeeRate.objects.filter(schedule_id=schedule_id)
    return {(r.service_type_id, r.sector, r.role): Money(r.amount) for r in rates}
