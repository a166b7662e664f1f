"""The sessions of a week, or of the coming ones: who runs each, and how full it is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.enrolment import queries as enrolment
from cordee.kernel.permissions import Permission
from cordee.planning import queries as planning
from cordee.planning.models import OnSession
from cordee.planning.states import COUNTED, AssignmentStatus, StaffRole
from cordee.web.components.formatting import span
from cordee.web.office.forms import LightSelect
from cordee.web.pages import page
from cordee.web.periods import edges, week_of, weeks
from cordee.web.request import Request
from cordee.web.slices import slice_of

WEEKS = 8
"""How far one looks ahead, the present week included."""


class SessionFilters(forms.Form):
    """Which sessions are looked at."""

    week = forms.CharField(required=False, label=gettext_lazy("Week"), widget=LightSelect)
    unstaffed = forms.BooleanField(required=False, label=gettext_lazy("Nobody runs it"))

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        monday = week_of(data.get("week", ""))
        self.mondays = [monday] if monday else weeks(WEEKS)
        offered = dict.fromkeys([*weeks(WEEKS), *([monday] if monday else [])])
        self.fields["week"].widget = LightSelect(
            choices=[
                ("", _("Eight weeks from this one")),
                *((day.isoformat(), week_text(day)) for day in offered),
            ]
        )
        self.data = {**data.dict(), "week": monday.isoformat() if monday else ""}


def week_text(monday: date) -> str:
    """Return the days of a week in words: “4–10 January 2027”."""
    return span(monday, monday + timedelta(days=6))


@dataclass(frozen=True, slots=True)
class Row:
    """A session as the list shows it, and those who run it: each with whether they said yes."""

    session: Any
    people: list[tuple[OnSession, bool]]


@page(Permission.VIEW_CLIENTS)
def coming_sessions(request: Request) -> HttpResponse:
    """List the sessions of a week, in the order they take place."""
    form = SessionFilters(request.GET)
    form.is_valid()
    moments = edges(form.mondays)
    unstaffed = bool(form.cleaned_data["unstaffed"])
    found = planning.taking_place(moments[0], moments[-1], unstaffed=unstaffed)
    shown = slice_of(request, enrolment.with_places(found))
    people = planning.people_on(session.pk for session in shown.items)
    context = {
        "form": form,
        "page": shown,
        "rows": [Row(s, _runs(people.get(s.pk, []))) for s in shown.items],
        # Of one week alone: adding up eight takes longer than the rest of the page.
        "whole": enrolment.filling(moments)[0] if len(form.mondays) == 1 and not unstaffed else None,
        "clear_url": reverse("coming_sessions") if set(request.GET) - {"page"} else "",
    }
    return render(request, "office/coming_sessions.html", context)


def _runs(people: list[OnSession]) -> list[tuple[OnSession, bool]]:
    return [
        (place, place.status == AssignmentStatus.CONFIRMED)
        for place in people
        if place.role == StaffRole.FACILITATOR and place.status in COUNTED
    ]
