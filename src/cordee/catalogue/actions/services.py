"""Keeping service types and fee schedules."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from cordee.catalogue import rules
from cordee.catalogue.facts import FeeRatesChanged, FeeScheduleAdded, ServiceTypeAdded, ServiceTypeChanged
from cordee.catalogue.models import FeeRate, FeeSchedule, ProgrammeVersion, ServiceType
from cordee.catalogue.queries import schedule_in_force
from cordee.catalogue.rules import ServiceChanges
from cordee.catalogue.states import ServiceKind
from cordee.files.actions import keep
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.changes import given_or
from cordee.kernel.names import tidy
from cordee.kernel.refusals import Turn, refuse_if
from cordee.organisation.rules import is_a_paper, is_current, is_near

type Cell = tuple[int, str, str]
"""Service type id, sector, role."""
NOTHING = ServiceChanges()


@transaction.atomic
def add_service_type(
    *, code: str, name: str, kind: ServiceKind, minutes: int, half_days: int, capacity: int, by: Actor
) -> ServiceType:
    """Add a service. `minutes` leaves lunch breaks out. Raises Refused."""
    lasts = {"minutes": minutes, "half_days": half_days, "capacity": capacity}
    free = rules.code_is_free(code, service_type_id=None)
    refuse_if([*rules.may_edit_catalogue(by), *free, *rules.service_makes_sense(lasts)])
    service = ServiceType.objects.create(
        code=code, name=name, kind=kind, minutes=minutes, half_days=half_days, capacity=capacity
    )
    journal.record(ServiceTypeAdded(service_type_id=service.pk), by=by)
    return service


@transaction.atomic
def change_service_type(
    *,
    service_type_id: int,
    changes: ServiceChanges = NOTHING,
    programme_file: bytes | None = None,
    programme_change: str = "",
    expected_version: int | None,
    by: Actor,
) -> ServiceType:
    """Change a service; sessions already planned keep their times. An empty `programme_file` takes the file
    away. Another programme is its next version, with what changed in a sentence. Raises Refused.
    """
    service = ServiceType.objects.select_for_update().get(pk=service_type_id)
    refuse_if(
        [
            *rules.may_edit_catalogue(by),
            *rules.code_is_free(given_or(changes.code, service.code), service_type_id=service.pk),
            *rules.can_be_asked(changes),
            *rules.fields_make_sense(given_or(changes.registration_fields, service.registration_fields)),
            *rules.service_makes_sense(changes.given()),
            *rules.says_what_changed(programme_change),
            *(
                is_a_paper(programme_file, field="programme_file", turn=Turn.OPERATIONS)
                if programme_file
                else ()
            ),
            *is_current(service.version, expected_version),
        ]
    )
    changed = changes.made_to(service)
    if programme_file is not None:
        kept = keep(programme_file, content_type="application/pdf") if programme_file else None
        if kept != service.programme_file:
            service.programme_file = kept
            changed.append("programme_file")
    if changed:
        service.version += 1
        service.save()
        journal.record(ServiceTypeChanged(service_type_id=service.pk, fields=changed), by=by)
    if {"programme", "programme_file"} & set(changed):
        _write_programme(service, tidy(programme_change), by=by)
    return service


def _write_programme(service: ServiceType, changed: str, *, by: Actor) -> None:
    """Keep the programme as it stands now as its next version; the service is held."""
    last = service.programmes.aggregate(last=Max("number"))["last"] or 0
    ProgrammeVersion.objects.create(
        service_type=service,
        number=last + 1,
        text=service.programme,
        file=service.programme_file,
        changed=changed,
        made_at=clock.now(),
        made_by=by.user_id,
    )


@transaction.atomic
def add_fee_schedule(*, name: str, valid_from: date, copy_current: bool = True, by: Actor) -> FeeSchedule:
    """Add a schedule in force from `valid_from` (local day),
    with the amounts in force that day. Raises Refused.
    """
    refuse_if(
        [
            *rules.may_edit_catalogue(by),
            *rules.day_is_free(valid_from),
            *is_near(valid_from, field="valid_from"),
        ]
    )
    before = schedule_in_force(valid_from) if copy_current else None
    schedule = FeeSchedule.objects.create(name=name, valid_from=valid_from)
    if before:
        FeeRate.objects.bulk_create(
            FeeRate(
                schedule=schedule,
                service_type_id=r.service_type_id,
                sector=r.sector,
                role=r.role,
                amount=r.amount,
            )
            for r in before.rates.all()
        )
    journal.record(FeeScheduleAdded(fee_schedule_id=schedule.pk, valid_from=valid_from.isoformat()), by=by)
    return schedule


@transaction.atomic
def set_rates(
    *,
    schedule_id: int,
    rates: Mapping[Cell, Decimal | None],
    expected_version: int | None = None,
    by: Actor,
) -> None:
    """Set amounts of a schedule, in euros excluding VAT; `None` empties the cell, others stay as they are.

    Fees already requested keep the amount they were requested with. Raises Refused.
    """
    schedule = FeeSchedule.objects.select_for_update().get(pk=schedule_id)
    refuse_if([*rules.may_edit_catalogue(by), *is_current(schedule.version, expected_version)])
    refuse_if(rules.rates_make_sense(rates.values()))
    known = {
        (r.service_type_id, r.sector, r.role): r.amount for r in FeeRate.objects.filter(schedule=schedule)
    }
    changed = {cell: amount for cell, amount in rates.items() if known.get(cell) != amount}
    for (service_type_id, sector, role), amount in changed.items():
        cell: dict[str, Any] = {"service_type_id": service_type_id, "sector": sector, "role": role}
        if amount is None:
            FeeRate.objects.filter(schedule=schedule, **cell).delete()
        else:
            FeeRate.objects.update_or_create(schedule=schedule, **cell, defaults={"amount": amount})
    if changed:
        schedule.version += 1
        schedule.save(update_fields=["version"])
        journal.record(FeeRatesChanged(fee_schedule_id=schedule_id, rates=len(changed)), by=by)
