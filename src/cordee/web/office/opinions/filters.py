"""How results are narrowed: everything lives in the address, so that it can be kept, shared and exported."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.catalogue import queries as catalogue
from cordee.catalogue.models import QUESTIONNAIRE_LABELS
from cordee.catalogue.states import SATISFACTION, QuestionnaireKind
from cordee.clients import queries as clients
from cordee.kernel.actor import Actor
from cordee.missions import queries as missions
from cordee.network import queries as network
from cordee.planning import queries as planning
from cordee.quality.rules import handles
from cordee.surveys.queries import Scope
from cordee.web.numbers import an_id
from cordee.web.office.forms import LightSelect
from cordee.web.periods import last_twelve, offered, span_of

ALWAYS = "all"
MOST_TO_CHOOSE_FROM = 300
"""Beyond this, somebody is found by the comparison, which links to each."""


class ResultFilters(forms.Form):
    """Which answers are looked at."""

    kind = forms.CharField(required=False, widget=forms.HiddenInput)
    period = forms.CharField(required=False, label=gettext_lazy("Period"), widget=LightSelect)
    questionnaire = forms.CharField(required=False, label=gettext_lazy("Questionnaire"), widget=LightSelect)
    service = forms.CharField(required=False, label=gettext_lazy("Service"), widget=LightSelect)
    client = forms.CharField(required=False, label=gettext_lazy("Client"), widget=LightSelect)
    facilitator = forms.CharField(required=False, label=gettext_lazy("Facilitator"), widget=LightSelect)
    about = forms.CharField(
        required=False,
        max_length=40,
        label=gettext_lazy("Mission or session"),
        widget=forms.TextInput(attrs={"placeholder": "M-2026-…", "autocomplete": "off"}),
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self._offer(
            "period", [("", _("Last twelve months")), *_periods(), (ALWAYS, _("Since the beginning"))]
        )
        asked = catalogue.questionnaires_of(kind_asked(data))
        self._offer("questionnaire", [("", _("All")), *_named(asked)])
        self._offer("service", [("", _("All")), *_named(catalogue.service_types())])
        self._choose("client", clients.clients())
        self._choose("facilitator", network.facilitators(active_only=False))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        kept = self.data.get(name, "")
        if name == "period" and kept not in dict(choices) and span_of(kept):
            choices = [*choices, (kept, kept)]
        self.fields[name].widget = LightSelect(choices=choices)

    def _choose(self, name: str, found: QuerySet[Any]) -> None:
        some = _named(found[: MOST_TO_CHOOSE_FROM + 1])
        if len(some) > MOST_TO_CHOOSE_FROM:
            self.fields[name].widget = forms.HiddenInput()
        else:
            self._offer(name, [("", _("All")), *some])

    def wanted(self) -> Scope:
        """Return which answers are asked for; a value that makes no sense narrows nothing, an unknown mission all."""
        self.is_valid()
        asked = self.cleaned_data
        return Scope(
            kind=kind_asked(self.data),
            **_span(asked.get("period") or ""),
            questionnaire_id=an_id(asked.get("questionnaire") or ""),
            service_type_id=an_id(asked.get("service") or ""),
            client_id=an_id(asked.get("client") or ""),
            facilitator_id=an_id(asked.get("facilitator") or ""),
            **_about((asked.get("about") or "").strip().upper()),
        )


def kind_asked(data: Mapping[str, Any]) -> QuestionnaireKind:
    """Return the kind of survey that is looked at: hot ones unless asked otherwise."""
    asked = data.get("kind", "")
    return QuestionnaireKind(asked) if asked in set(SATISFACTION) else QuestionnaireKind.HOT


def _span(period: str) -> dict[str, Any]:
    if period == ALWAYS:
        return {}
    since, until = span_of(period) or last_twelve()
    return {"since": since, "until": until}


def _about(ref: str) -> dict[str, Any]:
    """Return the session or the mission with this reference; of one that is not there nothing is told."""
    if not ref:
        return {}
    if session := planning.session_by_ref(ref):
        return {"session_id": session.pk}
    mission = missions.mission_by_ref(ref)
    return {"mission_id": mission.pk if mission else 0}


def _periods() -> list[tuple[str, str]]:
    """Return this year and the last, then months and quarters."""
    choices = offered()
    years = dict.fromkeys(code[:4] for code, _label in choices)
    return [*((year, year) for year in years), *choices]


def _named(found: QuerySet[Any]) -> list[tuple[str, str]]:
    return [(str(row.pk), getattr(row, "full_name", None) or row.name) for row in found]


def kind_tabs(data: QueryDict, name: str) -> list[dict[str, Any]]:
    """Return the kinds of surveys as tabs over the page `name`, each with the same filters."""
    current = kind_asked(data)
    return [
        {
            "label": QUESTIONNAIRE_LABELS[kind],
            "url": address_with(name, data, kind=kind, questionnaire=""),
            "current": kind == current,
            "count": None,
        }
        for kind in SATISFACTION
    ]


def address_with(name: str, data: QueryDict, **changes: Any) -> str:
    """Return the address of a page with the same filters, but for what changes; an empty value takes one away."""
    query = data.copy()
    for key in ("page", "by", "q", "tag", "as", "measure"):
        query.pop(key, None)
    for key, value in changes.items():
        query.pop(key, None)
        if value not in ("", None):
            query[key] = str(value)
    return f"{reverse(name)}?{query.urlencode()}" if query else reverse(name)


def opinion_tabs(data: QueryDict, current: str) -> list[dict[str, Any]]:
    """Return the ways of looking at the same answers."""
    places = {
        "survey_results": _("Figures"),
        "survey_comments": _("Comments"),
        "survey_comparison": _("Comparison"),
    }
    return [
        {"label": label, "url": address_with(name, data), "current": name == current, "count": None}
        for name, label in places.items()
    ]


def improve_address(actor: Actor, scope: Scope, measure: str) -> str:
    """Return where an improvement is opened that this figure is to measure; nowhere for who may not."""
    if not handles(actor):
        return ""
    asked = {"figure": f"{scope.kind}/{measure}", "service": scope.service_type_id or ""}
    return f"{reverse('new_improvement')}?{urlencode(asked)}"
