"""The indicators of quality: how each stands, what Cordée computes of it, what is declared, what is missing."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cordee.audits import actions, queries, rules
from cordee.audits.models import STANDING_LABELS, Declaration
from cordee.audits.rules import Part, Place, Proven, Rows
from cordee.audits.states import CRITERIA, ActionKind, Referential, Standing, in_force
from cordee.catalogue.states import SATISFACTION
from cordee.files import queries as files
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.network.queries import everybodys_names
from cordee.web.office.audits import tabs
from cordee.web.office.indicator_forms import DeclareForm, IndicatorFilters, OfferForm
from cordee.web.pages import carry_out, page, status_of
from cordee.web.papers import pdf
from cordee.web.periods import last_twelve, span_of
from cordee.web.request import Request

STANDING_KINDS = {
    Standing.PROVEN: "done",
    Standing.TO_COMPLETE: "wait",
    Standing.NOT_APPLICABLE: "neutral",
}
MOST_TOLD = 50
"""Declarations shown of one indicator, the latest: a certification lasts three years."""
_MAY_OPEN = {
    Place.ACCESS_NEEDS: Permission.HANDLE_ACCESS_NEEDS,
    Place.CATALOGUE: Permission.VIEW_CATALOGUE,
    Place.COMPLAINTS: Permission.VIEW_COMPLAINTS,
    Place.IMPROVEMENTS: Permission.VIEW_COMPLAINTS,
    Place.MAILS: Permission.VIEW_MAIL,
    Place.MISSIONS: Permission.VIEW_MISSIONS,
    Place.ORGANISATION: Permission.EDIT_SETTINGS,
    Place.PEOPLE: Permission.VIEW_PEOPLE,
    Place.SHEETS: Permission.VIEW_EVIDENCE,
    Place.SUPPLIERS: Permission.VIEW_SUPPLIERS,
    Place.SURVEYS: Permission.VIEW_SURVEYS,
}
"""Who opens what a figure leads to: others read the number alone."""


def may_list(actor: Actor, rows: Rows) -> bool:
    """Tell whether somebody may open the list of what a number counts."""
    if _is_satisfaction(rows):
        return actor.may(Permission.VIEW_SURVEYS)
    return rows.part not in {Part.COMPLAINTS, Part.IMPROVEMENTS} or actor.may(Permission.VIEW_COMPLAINTS)


def _is_satisfaction(rows: Rows) -> bool:
    """Tell whether a number is of answers that are read as results, never one by one."""
    return rows.part == Part.ANSWERS and rows.name in SATISFACTION


def rows_url(number: int, rows: Rows, kept: str = "") -> str:
    """Return the address of the list of what a number of an indicator counts."""
    if _is_satisfaction(rows):
        return f"{reverse('survey_results')}?{urlencode({'kind': rows.name})}" + (f"&{kept}" if kept else "")
    query = urlencode({"others": "on"}) if rows.others else ""
    asked = "&".join(part for part in (query, kept) if part)
    return reverse("indicator_rows", args=[number, rows.name]) + (f"?{asked}" if asked else "")


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure, with the way to its list where the viewer may go there."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A blocker, with the way to what it is about, and to where it is mended for who may go there."""

    message: str
    url: str
    fix: str
    fix_url: str
    turn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredLine:
    """Something declared, as the page of its indicator tells it."""

    declaration: Declaration
    who: str
    replaced: bool
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An indicator as pages show it."""

    number: int
    title: str
    kind: str
    standing: str
    changed: bool
    figures: list[FigureLine]
    missing: list[MissingLine]
    declared: tuple[Declaration, ...]


def row_of(proven: Proven, text: Referential, actor: Actor, kept: str = "") -> Row:
    """Return an indicator in words; links are those that the actor may follow, lists of the period that is `kept`."""
    number = proven.indicator.number

    def url(place: Place | None) -> str:
        return reverse(place) if place and actor.may(_MAY_OPEN[place]) else ""

    def listed(rows: Rows | None) -> str:
        return rows_url(number, rows, kept) if rows and may_list(actor, rows) else ""

    return Row(
        number=number,
        title=_(proven.indicator.title),
        kind=STANDING_KINDS[proven.standing],
        standing=str(STANDING_LABELS[proven.standing]),
        changed=number in text.changed,
        figures=[
            FigureLine(
                f.label,
                str(f.count) if f.of is None else f"{f.count} / {f.of}",
                listed(f.rows) or url(f.place),
            )
            for f in proven.figures
        ],
        missing=[
            MissingLine(m.blocker.message, listed(m.rows), m.blocker.fix, url(m.place), m.blocker.turn)
            for m in proven.missing
        ],
        declared=proven.declared,
    )


@page(Permission.VIEW_INDICATORS)
def indicators(request: Request) -> HttpResponse:
    """List the indicators by criterion, with how each stands over a period."""
    since, until = span(request)
    text, actor = in_force(clock.today()), request.viewer.actor
    wanted, state = request.GET.get("criterion", ""), request.GET.get("state", "")
    found = queries.indicators(since, until, organisation=request.viewer.organisation)
    shown = [
        one for one in found if wanted in ("", str(one.indicator.criterion)) and state in ("", one.standing)
    ]
    groups = [
        {
            "number": number,
            "title": _(title),
            "rows": [row_of(one, text, actor) for one in shown if one.indicator.criterion == number],
        }
        for number, title in CRITERIA.items()
    ]
    context = {
        "tabs": tabs("indicators"),
        "filters": IndicatorFilters(request.GET),
        "groups": [group for group in groups if group["rows"]],
        "counts": [
            {
                "value": sum(one.standing == standing for one in found),
                "label": capfirst(label),
                "kind": "",
                "url": "?" + urlencode({**request.GET.dict(), "state": standing}),
            }
            for standing, label in STANDING_LABELS.items()
        ],
        "text": _(text.name),
        "since": since,
        "until": until,
        "handles": rules.handles(actor),
        "kept": kept_in(request),
    }
    return render(request, "office/indicators.html", context)


def span(request: Request) -> tuple[date, date]:
    """Return the first and the last day of the period that is asked for: the last twelve months, else."""
    return span_of(request.GET.get("period", "")) or last_twelve()


def kept_in(request: Request) -> str:
    """Return the period that is asked for, as an address keeps it."""
    return urlencode({"period": request.GET["period"]}) if request.GET.get("period") else ""


@page(Permission.VIEW_INDICATORS)
def indicator(request: Request, number: int) -> HttpResponse:
    """Show one indicator; keep what is declared of it."""
    text, actor = in_force(clock.today()), request.viewer.actor
    if text.indicator(number) is None:
        raise Http404
    if request.method == "POST" and not rules.handles(actor):
        raise PermissionDenied
    since, until = span(request)
    (found,) = queries.indicators(since, until, numbers=[number], organisation=request.viewer.organisation)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DeclareForm(*sent, kept=found.declared)
    if form.is_valid():
        done = carry_out(request, form, lambda: _declare(number, form, actor), done=_("Kept."))
        if done:
            return done
    context = {
        "row": row_of(found, text, actor, kept_in(request)),
        "criterion": f"{found.indicator.criterion}. {_(CRITERIA[found.indicator.criterion])}",
        "text": _(text.name),
        "since": since,
        "until": until,
        "kept": _told(queries.history(number)),
        "form": form if rules.handles(actor) else None,
        "filters": IndicatorFilters(request.GET),
    }
    return render(request, "office/indicator.html", context, status=status_of(form))


def _told(found: QuerySet[Declaration]) -> list[DeclaredLine]:
    kept = list(found[:MOST_TOLD])
    names, _facilitators = everybodys_names({d.user_id for d in kept if d.user_id is not None}, ())
    today = clock.today()
    return [
        DeclaredLine(
            declaration=one,
            who=names.get(one.user_id or 0, ""),
            replaced=hasattr(one, "replaced_by"),
            over=one.valid_until is not None and one.valid_until < today,
        )
        for one in kept
    ]


def _declare(number: int, form: DeclareForm, actor: Actor) -> str:
    data = form.cleaned_data
    given: Any = data["file"]
    actions.declare(
        indicator=number,
        words=data["words"],
        file=given.read() if given else None,
        valid_until=data["valid_until"],
        replaces_id=data.get("replaces"),
        by=actor,
    )
    return reverse("indicator", args=[number]) + "#declared"


@page(Permission.VIEW_INDICATORS)
def declared_file(request: Request, declaration_id: int) -> HttpResponse:
    """Give the file of something declared."""
    found = queries.declaration(declaration_id)
    if found is None or found.file is None:
        raise Http404
    return pdf(files.content(found.file), f"indicator-{found.indicator}-{found.pk}")


@page(Permission.KEEP_INDICATORS)
def offered_kinds(request: Request) -> HttpResponse:
    """Say which kinds of action are offered: indicators apply by it."""
    form = OfferForm(
        request.POST if request.method == "POST" else None,
        initial={"kinds": sorted(queries.kinds_offered())},
    )

    def do() -> str:
        kinds = [ActionKind(kind) for kind in form.cleaned_data["kinds"]]
        actions.offer(kinds=kinds, by=request.viewer.actor)
        return reverse("indicators")

    if form.is_valid():
        done = carry_out(request, form, do, done=_("Saved: indicators apply by it from now on."))
        if done:
            return done
    return render(request, "office/offered_kinds.html", {"form": form}, status=status_of(form))
