"""Services, clients, facilitators, missions, sessions beside each other; of fewer than five answers none is ranked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from cordee.catalogue import queries as catalogue
from cordee.catalogue.states import Topic
from cordee.clients import queries as clients
from cordee.kernel.permissions import Permission
from cordee.missions import queries as missions
from cordee.network import queries as network
from cordee.planning import queries as planning
from cordee.surveys import queries
from cordee.surveys.queries import By, Compared
from cordee.web.office.opinions.filters import ResultFilters, address_with, kind_tabs, opinion_tabs
from cordee.web.opinions.figures import per_cent
from cordee.web.pages import page
from cordee.web.request import Request
from cordee.web.slices import PER_PAGE, slice_of

BY_LABELS = {
    By.SERVICE: gettext_lazy("Services"),
    By.CLIENT: gettext_lazy("Clients"),
    By.FACILITATOR: gettext_lazy("Facilitators"),
    By.MISSION: gettext_lazy("Missions"),
    By.SESSION: gettext_lazy("Sessions"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One of those compared, as the table shows it."""

    rank: int | None
    name: str
    url: str
    rate: str
    answers: int
    mean: float | None
    nps: int | None


@page(Permission.VIEW_SURVEYS)
def survey_comparison(request: Request) -> HttpResponse:
    """Compare by recommendation, the best first."""
    form = ResultFilters(request.GET)
    scope = form.wanted()
    asked = request.GET.get("by", "")
    by = By(asked) if asked in set(By) else By.SERVICE
    shown = slice_of(request, queries.compare(scope, by, Topic.RECOMMEND))
    found = queries.compared(scope, by, shown.items)
    names = dict(_names(by, [one.id for one in found]))
    first = (shown.number - 1) * PER_PAGE + 1
    context = {
        "form": form,
        "kinds": kind_tabs(request.GET, "survey_comparison"),
        "tabs": opinion_tabs(request.GET, "survey_comparison"),
        "by": [
            {
                "label": label,
                "url": address_with("survey_comparison", request.GET, by=value),
                "current": value == by,
                "count": None,
            }
            for value, label in BY_LABELS.items()
        ],
        "label": BY_LABELS[by],
        "page": shown,
        "rows": [_row(request, by, place, one, names) for place, one in enumerate(found, first)],
        "clear_url": reverse("survey_comparison") if set(request.GET) - {"kind", "by", "page"} else "",
    }
    return render(request, "office/opinions/comparison.html", context)


def _row(request: Request, by: By, place: int, one: Compared, names: dict[int, str]) -> Row:
    name = names.get(one.id, "")
    narrowed = {"about": name.split(" ")[0]} if by in {By.MISSION, By.SESSION} else {by.value: one.id}
    return Row(
        rank=place if one.ranked else None,
        name=name,
        url=address_with("survey_results", request.GET, **narrowed),
        rate=per_cent(one.answered, one.invited),
        answers=one.steps.answers,
        mean=one.steps.mean,
        nps=one.steps.nps.score if one.ranked else None,
    )


def _names(by: By, ids: list[int]) -> Iterable[tuple[int, str]]:
    """Give those compared their names: one query."""
    match by:
        case By.SERVICE:
            return catalogue.service_types().filter(pk__in=ids).values_list("pk", "name")
        case By.CLIENT:
            return clients.clients().filter(pk__in=ids).values_list("pk", "name")
        case By.FACILITATOR:
            return network.names(ids).items()
        case By.MISSION:
            return missions.refs(ids).items()
        case By.SESSION:
            return _sessions(ids)


def _sessions(ids: list[int]) -> Iterator[tuple[int, Any]]:
    yield from ((session.pk, f"{session.ref} {session.title}") for session in planning.by_ids(ids).values())
