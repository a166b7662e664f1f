"""What the dashboards are made of: numbers that open the list of what they count, and the way from one to another."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel.actor import Actor
from cordee.kernel.money import Money
from cordee.kernel.permissions import Permission
from cordee.web.components.formatting import money


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number and the address of the list that it counts: the list never says another one (the suite opens each)."""

    number: int | float | Money
    url: str
    label: str = ""
    detail: str = ""
    kind: str = ""

    @property
    def value(self) -> str | int:
        """The number as it is read: a mean with one decimal."""
        if isinstance(self.number, Money):
            return money(self.number)
        return self.number if isinstance(self.number, int) else number_format(self.number, 1)

    def __bool__(self) -> bool:
        return bool(self.number.amount if isinstance(self.number, Money) else self.number)


def figure(number: float | Money, name: str, query: str = "", **told: str) -> Figure:
    """Return a figure whose list is the page `name`, narrowed by `query`; `told`: its label, a detail, its kind. None
    left of what has a kind is done.
    """
    found = Figure(number=number, url=reverse(name) + query, **told)
    if told.get("kind") and not found:
        return Figure(number=number, url=found.url, label=found.label, detail=_("nothing left"), kind="done")
    return found


_PLACES = {
    "operations_dashboard": (Permission.VIEW_CLIENTS, gettext_lazy("Operations")),
    "quality_dashboard": (Permission.VIEW_EVIDENCE, gettext_lazy("Quality")),
    "finance_dashboard": (Permission.VIEW_FEES, gettext_lazy("Finance")),
}
"""The dashboards, and who may open each."""


def frame(actor: Actor, current: str) -> dict[str, Any]:
    """Return what stands over each dashboard: its name, and the tabs of those that somebody may open; `current` is the
    name of its address.
    """
    tabs = [
        {"label": label, "url": reverse(name), "current": name == current, "count": None}
        for name, (right, label) in _PLACES.items()
        if actor.may(right)
    ]
    return {"name": _PLACES[current][1], "tabs": tabs}
