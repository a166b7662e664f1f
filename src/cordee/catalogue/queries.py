"""Reading the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from cordee.catalogue.models import (
    FeeRate,
    FeeSchedule,
    ProgrammeVersion,
    Questionnaire,
    QuestionnaireVersion,
    ServiceType,
)
from cordee.catalogue.states import PaidRole, QuestionnaireKind
from cordee.kernel.money import Money
from cordee.prepared import prepared


def service_types(*, active_only: bool = False) -> QuerySet[ServiceType]:
    """Return service types by name."""
    found = ServiceType.objects.order_by("name", "pk")
    return found.filter(is_active=True) if active_only else found


def programmes(service_type_id: int) -> QuerySet[ProgrammeVersion]:
    """Return the versions of the programme of a service, the last first."""
    return ProgrammeVersion.objects.filter(service_type_id=service_type_id).order_by("-number")


def programmes_between(
    service_type_ids: Iterable[int], since: datetime, until: datetime
) -> list[ProgrammeVersion]:
    """Return the versions of the programmes of these services that stood at some time between two moments, by service,
    the first first: one query.
    """
    rows = ProgrammeVersion.objects.select_related("service_type", "file")
    found: dict[int, list[ProgrammeVersion]] = {}
    for version in rows.filter(service_type_id__in=set(service_type_ids)).order_by("service_type", "number"):
        theirs = found.setdefault(version.service_type_id, [])
        if version.made_at > until and theirs:
            continue
        if version.made_at <= since:
            theirs.clear()
        theirs.append(version)
    return [version for theirs in found.values() for version in theirs]


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
    schedules = _schedules()
    rates = {tuple(what): amount for *what, amount in _rates({q.service_type_id for q in questions})}
    found: dict[RateQuestion, Money] = {}
    for q in questions:
        in_force = next((pk for pk, valid_from in schedules if valid_from <= q.day), None)
        rate = rates.get((in_force or 0, q.service_type_id, q.sector, q.role))
        if rate is not None:
            found[q] = Money(rate)
    return found


@prepared
def _schedules() -> QuerySet[FeeSchedule, tuple[int, date]]:
    return FeeSchedule.objects.order_by("-valid_from").values_list("pk", "valid_from")


@prepared
def _rates(service_type_ids: set[int]) -> QuerySet[FeeRate, tuple[int, int, str, str, Decimal]]:
    return FeeRate.objects.filter(service_type_id__in=service_type_ids).values_list(
        "schedule_id", "service_type_id", "sector", "role", "amount"
    )


def rate_table(schedule_id: int) -> dict[tuple[int, str, str], Money]:
    """Return a schedule's amounts by (service type, sector, role)."""
    rates = FeeRate.objects.filter(schedule_id=schedule_id)
    return {(r.service_type_id, r.sector, r.role): Money(r.amount) for r in rates}


@dataclass(frozen=True, slots=True)
class Kept:
    """A questionnaire with the version that is asked, and the draft that may replace it."""

    questionnaire: Questionnaire
    published: QuestionnaireVersion | None
    draft: QuestionnaireVersion | None

    @property
    def latest(self) -> QuestionnaireVersion:
        """What an editor goes on from."""
        latest = self.draft or self.published
        if latest is None:
            raise LookupError("a questionnaire begins with a draft")
        return latest


def questionnaires() -> list[Kept]:
    """Return every questionnaire by name, in two queries."""
    return [_kept(q) for q in Questionnaire.objects.order_by("name").prefetch_related("versions")]


def questionnaires_of(kind: str) -> QuerySet[Questionnaire]:
    """Return the questionnaires of a kind by name, without their versions."""
    return Questionnaire.objects.filter(kind=kind).order_by("name", "pk")


def questionnaire(questionnaire_id: int) -> Kept | None:
    found = Questionnaire.objects.filter(pk=questionnaire_id).prefetch_related("versions").first()
    return _kept(found) if found else None


def _kept(questionnaire: Questionnaire) -> Kept:
    versions = sorted(questionnaire.versions.all(), key=lambda v: v.number)
    published = [v for v in versions if v.published_at]
    drafts = [v for v in versions if not v.published_at]
    return Kept(questionnaire, published[-1] if published else None, drafts[0] if drafts else None)


def version(version_id: int) -> QuestionnaireVersion | None:
    return QuestionnaireVersion.objects.select_related("questionnaire").filter(pk=version_id).first()


def version_asked(questionnaire_id: int | None) -> QuestionnaireVersion | None:
    """Return the version that is asked now: the last one published."""
    if questionnaire_id is None:
        return None
    published = QuestionnaireVersion.objects.filter(
        questionnaire_id=questionnaire_id, published_at__isnull=False
    )
    return published.select_related("questionnaire").order_by("-number").first()


def is_anonymous(questionnaire_id: int) -> bool:
    """Tell whether surveys that begin now with this questionnaire are anonymous."""
    return Questionnaire.objects.values_list("anonymous", flat=True).get(pk=questionnaire_id)


def asked_by(service: ServiceType, kind: QuestionnaireKind) -> int | None:
    """Return the questionnaire that a service asks at this time, if any."""
    asked: int | None = getattr(service, f"{kind}_questionnaire_id")
    return asked


def services_asking(questionnaire_id: int) -> list[ServiceType]:
    """Return the services that ask this questionnaire, at whatever time."""
    asking = (Q((f"{kind}_questionnaire_id", questionnaire_id)) for kind in QuestionnaireKind)
    return list(service_types().filter(reduce(or_, asking)))
