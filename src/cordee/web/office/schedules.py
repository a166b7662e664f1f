"""Fee schedules: a new one from the one in force, and the grid of its amounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.catalogue import actions, queries
from cordee.catalogue.actions import Cell
from cordee.catalogue.models import PAID_ROLE_LABELS, FeeSchedule, ServiceType
from cordee.clients.models import SECTOR_LABELS
from cordee.kernel import clock
from cordee.kernel.bounds import FEE
from cordee.kernel.money import Money
from cordee.kernel.permissions import Permission
from cordee.web.components.formatting import day
from cordee.web.fields import DayField
from cordee.web.office.forms import EditForm
from cordee.web.pages import HouseForm, carry_out, page, status_of
from cordee.web.request import Request


class ScheduleForm(HouseForm):
    """A schedule to come."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    valid_from = DayField(
        years_before=5,
        years_after=5,
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Sessions that begin on this day or later are paid by it."),
    )


@dataclass(frozen=True, slots=True)
class GridCell:
    """One amount: its field for those who may change it, else its value."""

    label: str
    field: forms.BoundField | None
    amount: Money | None


@dataclass(frozen=True, slots=True)
class GridRow:
    """The amounts of one service and role, one for each sector."""

    service: str
    role: str
    first: bool
    cells: list[GridCell]


def field_name(cell: Cell) -> str:
    """Return the name of a cell's field, such as `rate-3-company-facilitation`."""
    return "rate-{}-{}-{}".format(*cell)


class RatesForm(EditForm):
    """The whole grid; an empty cell means that no fee is set."""

    def __init__(
        self, *args: Any, services: list[ServiceType], rates: dict[Cell, Money], **kwargs: Any
    ) -> None:
        self.cells = [
            (s.pk, sector, role) for s in services for role in PAID_ROLE_LABELS for sector in SECTOR_LABELS
        ]
        names = {s.pk: s.name for s in services}
        initial = {field_name(cell): rates[cell].amount if cell in rates else None for cell in self.cells}
        super().__init__(*args, initial=initial, **kwargs)
        for cell in self.cells:
            service, sector, role = cell
            label = f"{names[service]}, {PAID_ROLE_LABELS[role]}, {SECTOR_LABELS[sector]}"
            self.fields[field_name(cell)] = forms.DecimalField(
                label=label,
                required=False,
                **FEE.of_field,
                max_digits=8,
                decimal_places=2,
                widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
            )

    def rates(self) -> dict[Cell, Decimal | None]:
        return {cell: self.cleaned_data[field_name(cell)] for cell in self.cells}


@page(Permission.EDIT_CATALOGUE)
def new_fee_schedule(request: Request) -> HttpResponse:
    """Add a schedule with the amounts in force on its day, to be changed on its own page."""
    current = queries.schedule_in_force(clock.today())
    form = ScheduleForm(request.POST or None)

    def do() -> str:
        schedule = actions.add_fee_schedule(
            name=form.cleaned_data["name"],
            valid_from=form.cleaned_data["valid_from"],
            by=request.viewer.actor,
        )
        return reverse("fee_schedule", args=[schedule.pk])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The schedule is added. Change what differs."))
        if answer:
            return answer
    context = {"form": form, "current": current}
    return render(request, "office/new_fee_schedule.html", context, status=status_of(form))


@page(Permission.VIEW_CATALOGUE)
def fee_schedule(request: Request, schedule_id: int) -> HttpResponse:
    """Show the grid of a schedule; those who keep the catalogue change it in place."""
    schedules = list(queries.fee_schedules())
    schedule = next((s for s in schedules if s.pk == schedule_id), None)
    if schedule is None:
        raise Http404
    services, rates = list(queries.service_types(active_only=True)), queries.rate_table(schedule.pk)
    may_edit = request.viewer.actor.may(Permission.EDIT_CATALOGUE)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = RatesForm(request.POST or None, services=services, rates=rates, version=schedule.version)

    def do() -> str:
        actions.set_rates(
            schedule_id=schedule.pk,
            rates=form.rates(),
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return reverse("fee_schedule", args=[schedule.pk])

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The fees are saved."))
        if answer:
            return answer
    context = {
        "schedule": schedule,
        "form": form,
        "rows": list(_rows(form, services, rates, may_edit=may_edit)),
        "sectors": list(SECTOR_LABELS.values()),
        "may_edit": may_edit,
        **_standing(schedule, schedules, clock.today()),
    }
    return render(request, "office/fee_schedule.html", context, status=status_of(form))


def _rows(
    form: RatesForm, services: list[ServiceType], rates: dict[Cell, Money], *, may_edit: bool
) -> Iterator[GridRow]:
    for service in services:
        for position, (role, role_label) in enumerate(PAID_ROLE_LABELS.items()):
            cells = [
                GridCell(
                    str(label),
                    form[field_name((service.pk, sector, role))] if may_edit else None,
                    rates.get((service.pk, sector, role)),
                )
                for sector, label in SECTOR_LABELS.items()
            ]
            yield GridRow(service.name, str(role_label), position == 0, cells)


def _standing(schedule: FeeSchedule, schedules: list[FeeSchedule], today: date) -> dict[str, Any]:
    """Return the sentence on when the schedule applies, and the one in force if it is another."""
    in_force = next((s for s in schedules if s.valid_from <= today), None)
    later = [s.valid_from for s in schedules if s.valid_from > schedule.valid_from]
    if schedule == in_force:
        kind, sentence = "done", _("In force today, since %(day)s.") % {"day": day(schedule.valid_from)}
    elif schedule.valid_from > today:
        kind, sentence = "info", _("In force from %(day)s on.") % {"day": day(schedule.valid_from)}
    else:
        kind = "info"
        sentence = _("No longer in force: it applied from %(first)s until %(last)s.") % {
            "first": day(schedule.valid_from),
            "last": day(min(later) - timedelta(days=1)),
        }
    return {"kind": kind, "sentence": sentence, "in_force": None if schedule == in_force else in_force}
