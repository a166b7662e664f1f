"""The list of missions, what is late first; reopening one; allowing one more fee request."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.clients.models import SECTOR_LABELS
from cordee.closure import actions as closure
from cordee.closure import queries
from cordee.closure.queries import Listed
from cordee.conformity.steps import PROVEN
from cordee.fees import actions as fees_actions
from cordee.fees import queries as fees
from cordee.fees.steps import REQUESTED
from cordee.kernel import clock
from cordee.kernel.permissions import Permission
from cordee.kernel.steps import Count, StepCode
from cordee.missions.models import STATUS_LABELS
from cordee.missions.queries import MissionFilter
from cordee.missions.rules import is_running
from cordee.missions.states import MissionStatus
from cordee.missions.steps import ORDERED
from cordee.network import queries as network
from cordee.network.models import Facilitator
from cordee.planning.steps import HELD, PLANNED
from cordee.web.numbers import an_id
from cordee.web.office.forms import LightSelect
from cordee.web.office.next_steps import WORDS, NextStep, next_step, words
from cordee.web.pages import HouseForm, carry_out, mission_or_404, page, status_of
from cordee.web.request import Request
from cordee.web.slices import slice_of

NOBODY = NOTHING = "none"
"""In an address: no coordinator; no next step."""
RECENTLY = timedelta(days=30)
MOST_TO_CHOOSE_FROM = 300
"""Beyond this, a coordinator is found by typing the name in the search."""


class MissionFilters(forms.Form):
    """How the list may be narrowed; everything lives in the address, so that it can be kept and shared."""

    q = forms.CharField(
        required=False,
        max_length=100,
        label=gettext_lazy("Search"),
        widget=forms.SearchInput(attrs={"placeholder": gettext_lazy("Client, title, person, M-2026-…")}),
    )
    status = forms.ChoiceField(required=False, label=gettext_lazy("Status"))
    sector = forms.ChoiceField(required=False, label=gettext_lazy("Sector"))
    coordinator = forms.CharField(required=False, label=gettext_lazy("Coordinator"), widget=LightSelect)
    step = forms.CharField(required=False, label=gettext_lazy("Next step"), widget=LightSelect)
    late = forms.BooleanField(required=False, label=gettext_lazy("Late only"))
    recent = forms.BooleanField(required=False, label=gettext_lazy("Closed in the last 30 days"))

    def __init__(self, data: Any, coordinators: list[Facilitator]) -> None:
        super().__init__(data)
        self._choices("status", [("all", _("All")), *STATUS_LABELS.items()])
        self._choices("sector", [("", _("All")), *SECTOR_LABELS.items()])
        people = [(str(f.pk), f.full_name) for f in coordinators]
        if not people:
            self.fields["coordinator"].widget = forms.HiddenInput()
        else:
            self.fields["coordinator"].widget = LightSelect(
                choices=[("", _("All")), (NOBODY, _("Nobody yet")), *people]
            )
        steps = [(code.value, told) for code, told in WORDS.items()]
        self.fields["step"].widget = LightSelect(choices=[("", _("All")), *steps, (NOTHING, words(""))])
        if self.data.get("status") != MissionStatus.CLOSED:
            del self.fields["recent"]

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    @property
    def late_on(self) -> date | None:
        """The day before which something must be due, when that is asked for."""
        return clock.today() if self.is_valid() and self.cleaned_data["late"] else None

    @property
    def next_step(self) -> str | None:
        """The code of what is to come next, when that is asked for ("": nothing)."""
        asked = self.data.get("step", "")
        return "" if asked == NOTHING else asked if asked in set(StepCode) else None

    def wanted(self) -> MissionFilter:
        """Return what is asked for; a value that makes no sense narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        coordinator, status = asked.get("coordinator") or "", asked.get("status", "")
        return MissionFilter(
            search=asked.get("q") or "",
            status="" if status == "all" else status,
            sector=asked.get("sector") or "",
            coordinator_id=an_id(coordinator),
            without_coordinator=coordinator == NOBODY,
            closed_since=clock.now() - RECENTLY if asked.get("recent") else None,
        )


COUNTERS: tuple[tuple[Count, Promise], ...] = (
    (ORDERED, gettext_lazy("Ordered")),
    (PLANNED, gettext_lazy("Planned")),
    (HELD, gettext_lazy("Held")),
    (PROVEN, gettext_lazy("Proven")),
    (REQUESTED, gettext_lazy("Requested")),
)
"""The figures that the list shows, in prestations: to show another, add it here."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a mission; `over` when more is planned than was ordered."""

    label: Promise
    value: int
    over: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A mission as the list shows it."""

    mission: Listed
    step: NextStep
    figures: list[Figure]


def _row(mission: Listed, today: date) -> Row:
    ordered = mission.of(ORDERED)
    figures = [
        Figure(label, n := mission.of(count), count == PLANNED and n > ordered) for count, label in COUNTERS
    ]
    return Row(mission, next_step(mission, today), figures)


@page(Permission.VIEW_MISSIONS)
def missions_list(request: Request) -> HttpResponse:
    """Show running missions unless asked otherwise; a search looks in the closed ones too."""
    data = request.GET.copy()
    data.setdefault("status", "all" if data.get("q") else MissionStatus.RUNNING)
    form = MissionFilters(data, network.coordinators_unless_many(MOST_TO_CHOOSE_FROM))
    wanted = form.wanted()
    found = queries.boards(wanted, late_on=form.late_on, step=form.next_step)
    shown = slice_of(request, found, wide=bool(wanted.search), read=queries.listed)
    today = clock.today()
    narrowed = bool(set(request.GET) - {"page"})
    context = {
        "form": form,
        "page": shown,
        "rows": [_row(mission, today) for mission in shown.items],
        "heads": [label for _count, label in COUNTERS],
        "narrowed": narrowed,
        "clear_url": reverse("missions") if narrowed else "",
        "everywhere_url": _everywhere(request) if wanted.status and wanted.search else "",
        "may_order": request.viewer.actor.may(Permission.MANAGE_ORDERS),
    }
    return render(request, "office/missions.html", context)


def _everywhere(request: Request) -> str:
    query = request.GET.copy()
    query["status"] = "all"
    query.pop("page", None)
    return f"{reverse('missions')}?{query.urlencode()}"


class ReasonForm(HouseForm):
    """A reason that stays on record."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        error_messages={"required": gettext_lazy("Give a reason: it stays on record.")},
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@page(Permission.REOPEN_MISSIONS)
def reopen_mission(request: Request, ref: str) -> HttpResponse:
    """Open a closed mission again, with a reason."""
    mission = mission_or_404(request, ref)
    back = reverse("mission", args=[mission.ref])
    form = ReasonForm(request.POST or None)

    def do() -> str:
        closure.reopen(mission_id=mission.pk, reason=form.cleaned_data["reason"], by=request.viewer.actor)
        return back

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("The mission is open again."))
        if answer:
            return answer
    coordination = fees.coordination_request(mission.pk)
    context = {"mission": mission, "form": form, "back_url": back, "coordination": coordination}
    return render(request, "office/reopen_mission.html", context, status=status_of(form))


@page(Permission.DECIDE_FEES)
def allow_request(request: Request, ref: str) -> HttpResponse:
    """Allow one more fee request this month, with a reason."""
    mission = mission_or_404(request, ref)
    back = reverse("mission", args=[mission.ref])
    form = ReasonForm(request.POST or None)

    def do() -> str:
        fees_actions.allow_extra_request(
            mission_id=mission.pk, reason=form.cleaned_data["reason"], by=request.viewer.actor
        )
        return back

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("One more request may be sent this month."))
        if answer:
            return answer
    context = {
        "mission": mission,
        "form": form,
        "back_url": back,
        "unused": fees.unused_leave(mission.pk),
        "refusals": list(is_running(mission)),
        "once_a_month": request.viewer.organisation.once_a_month,
    }
    return render(request, "office/allow_request.html", context, status=status_of(form))
