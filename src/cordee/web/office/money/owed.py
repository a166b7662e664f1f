"""Everything that is owed, by what it waits for before it is paid."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cordee.kernel.permissions import Permission
from cordee.payments import queries
from cordee.payments.states import Wait
from cordee.web.numbers import an_id
from cordee.web.office.money.payments import paid_next
from cordee.web.office.money.tabs import money_tabs
from cordee.web.pages import page
from cordee.web.request import Request
from cordee.web.slices import slice_of

WAITS: dict[Wait, Promise] = {
    Wait.NOTHING: gettext_lazy("Can be paid"),
    Wait.CONTESTED: gettext_lazy("Contested"),
    Wait.NOT_ACCEPTED: gettext_lazy("Given, to look at"),
    Wait.SHEET: gettext_lazy("Sheet missing"),
    Wait.ACCOUNT: gettext_lazy("Account missing"),
    Wait.PAPER: gettext_lazy("Paper missing"),
    Wait.CONTEST_WINDOW: gettext_lazy("May be contested"),
    Wait.NOT_DUE: gettext_lazy("Due later"),
}
"""The reasons, those for which somebody can do something first."""
AGES = (
    gettext_lazy("Not due yet"),
    gettext_lazy("Up to 30 days"),
    gettext_lazy("31 to 60 days"),
    gettext_lazy("61 to 90 days"),
    gettext_lazy("More than 90 days"),
)
"""How long ago something was due, as `payments.queries.aged` adds it up."""


@page(Permission.VIEW_FEES)
def owed(request: Request) -> HttpResponse:
    """List what is owed, what is due first on top: all, what waits for one reason, or what is of an age."""
    asked = request.GET.get("for", "")
    wait = Wait(asked) if asked in set(Wait) else None
    age = an_id(request.GET.get("age", ""))
    age = age if age is not None and age < len(AGES) else None
    organisation, by_day = request.viewer.organisation, paid_next()
    found = queries.waiting(organisation, by_day=by_day, wait=wait, age=age)
    shown = slice_of(request, found, read=lambda some: list(some.values_list("pk", flat=True)))
    context = {
        "money_tabs": money_tabs("payments"),
        "tabs": _tabs(wait),
        "age": AGES[age] if age is not None else "",
        "page": shown,
        "rows": queries.told(shown.items, by_day=by_day, organisation=organisation),
    }
    return render(request, "office/owed.html", context)


def _tabs(current: Wait | None) -> list[dict[str, Any]]:
    labels: dict[str, Promise] = {
        "": gettext_lazy("All"),
        **{wait.value: label for wait, label in WAITS.items()},
    }
    return [
        {
            "label": label,
            "url": reverse("owed") + (f"?for={wait}" if wait else ""),
            "current": wait == (current or ""),
            "count": None,
        }
        for wait, label in labels.items()
    ]
