"""Enrolling people on a session: a list given in whatever form, checked row by row, then enrolled."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.enrolment import actions, queries
from cordee.enrolment.models import ListRow
from cordee.enrolment.queries import WaitingRow
from cordee.enrolment.rules import Person, list_is_open
from cordee.kernel.refusals import Blocker, Refused
from cordee.lists.results import MAX_BYTES, MAX_ROWS, Kind, Row
from cordee.missions.rules import is_running
from cordee.planning.models import Session
from cordee.planning.queries import parallel
from cordee.planning.rules import is_planned
from cordee.web import limits
from cordee.web.coordination.list_outcomes import tell_aside, tell_kept, tell_outcomes, tell_skipped
from cordee.web.coordination.list_rows import (
    PER_PAGE,
    VIEWS,
    Tally,
    added_rows,
    as_typed,
    shown,
    typed_rows,
)
from cordee.web.coordination.refusals import way_to_reopen, with_ways_out
from cordee.web.lines import told_page
from cordee.web.numbers import an_id
from cordee.web.pages import HouseForm, carry_out, need_to_run, only_post, page, session_or_404, status_of
from cordee.web.request import Request

EMPTY_ROWS = 3


class GivenForm(HouseForm):
    """A list as it is given: pasted, or a file."""

    text = forms.CharField(
        label=gettext_lazy("Paste the list"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 5, "spellcheck": "false", "placeholder": "nadia.benali@example.org"}
        ),
        help_text=gettext_lazy(
            "One person per line, as it comes: an address alone, “Name &lt;address&gt;”, "
            "or columns copied from a table."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or give the client’s file"),
        required=False,
        allow_empty_file=True,  # said in our words
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
        help_text=gettext_lazy("CSV, Excel or OpenDocument, as the client sent it: 10 MB, 5,000 people."),
    )
    add = forms.BooleanField(
        label=gettext_lazy("Add it to the list that is being checked"),
        required=False,
        help_text=gettext_lazy("Otherwise the new list takes its place."),
    )


@page()
def enrol(request: Request, ref: str) -> HttpResponse:
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    blockers = [*is_running(session.mission), *is_planned(session), *list_is_open(session)]
    if request.method != "POST":
        return _show(request, session, GivenForm(), refusals=blockers, closed=bool(blockers))
    form = GivenForm(request.POST, request.FILES)
    form.is_valid()
    unkept = added_rows(request.POST)
    if blockers:
        return _show(request, session, form, refusals=blockers, unkept=unkept)
    if request.POST.get("do") == "one":
        return _enrol_one(request, session, form)
    try:
        _keep_list(request, session, form)
        _keep_what_was_typed(request, session)
        unkept = []
        return _do(request, session, form)
    except Refused as refused:
        form.refuse(refused)
        limits.tell_busy(request, refused.blockers)
        refusals = [b for b in refused.blockers if b.field not in form.fields]
        return _show(request, session, form, refusals=refusals, unkept=unkept)


@page()
def change_list_row(request: Request, ref: str, row_id: int) -> HttpResponse:
    """Take what was typed into one row, and answer with what changes on the page because of it."""
    only_post(request)
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    if not ListRow.objects.filter(pk=row_id, session_id=session.pk).exists():
        raise Http404
    problems: Sequence[Blocker] = ()
    try:
        _keep_what_was_typed(request, session)
    except Refused as refused:
        problems = refused.blockers
    if not request.htmx:
        return HttpResponseRedirect(_here(request, session))
    rows = queries.waiting_rows(session)
    row = next((shown(r) for r in rows if r.stored.pk == row_id), None)
    context = {"session": session, "row": row, "refused": problems, "tally": Tally.of(rows)}
    return render(request, "coordination/_list_news.html", context, status=422 if problems else 200)


def _keep_what_was_typed(request: Request, session: Session) -> None:
    """Save what was typed into the rows of the page, and into the empty ones below. Raises Refused."""
    by = request.viewer.actor
    if new := added_rows(request.POST):
        actions.keep_rows(session_id=session.pk, rows=new, by=by)
    typed = {row.id: row for row in typed_rows(request.POST)}
    for stored in ListRow.objects.filter(session_id=session.pk, pk__in=typed).order_by("pk"):
        before = Person(
            email=stored.email,
            first_name=stored.first_name,
            last_name=stored.last_name,
            group=stored.group,
        )
        row = typed[stored.pk]
        if row.differs_from(before):
            # Two saves of one person may overtake each other: only somebody else's change is in the way.
            expected = row.version if stored.user_id != by.user_id else None
            actions.change_row(
                session_id=session.pk, row_id=row.id, person=row.person, expected_version=expected, by=by
            )


def _keep_list(request: Request, session: Session, form: GivenForm) -> None:
    """Read the list that was given, if one was, and keep its rows: in the place of the list that is being
    checked, unless they are to be added to it. Raises Refused.
    """
    text, file = form.cleaned_data.get("text") or "", form.cleaned_data.get("file")
    lists = [
        *([queries.read_paste(text)] if text.strip() else ()),
        *([queries.read_file(file.read(MAX_BYTES + 1), file.name)] if file else ()),
    ]
    rows = [row for people in lists for row in people.rows]
    if not rows:
        return
    before = queries.waiting_rows(session)
    add = bool(form.cleaned_data.get("add"))
    aside = [line for people in lists for line in queries.missed(people)]
    kept = actions.keep_rows(session_id=session.pk, rows=rows, aside=aside, add=add, by=request.viewer.actor)
    tell_kept(request, rows, kept)
    tell_skipped(request, [line for people in lists for line in queries.left_aside(people)])
    still = set(queries.row_ids(session.pk))
    tell_aside(request, [row for row in before if row.stored.pk not in still])


def _do(request: Request, session: Session, form: GivenForm) -> HttpResponse:
    """Carry out the button that was pressed: `do` names it, with the row it belongs to. Raises Refused."""
    verb, _colon, row = request.POST.get("do", "").partition(":")
    by, ids = request.viewer.actor, [an_id(row) or 0]
    if verb.endswith("-all"):
        ids = queries.row_ids(session.pk)
    if verb in {"", "read", "enrol"} and not queries.row_count(session.pk):
        form.add_error("text", _("Nobody to enrol yet: paste, type or give at least one address or name."))
        return _show(request, session, form)
    match verb:
        case "enrol":
            return _enrol_good(request, session, form)
        case "propose" | "propose-all":
            n = actions.take_proposals(
                session_id=session.pk, row_ids=ids, with_offers=verb == "propose", by=by
            )
            messages.success(request, ngettext("%(n)d row put right", "%(n)d rows put right", n) % {"n": n})
        case "right":
            actions.take_as_it_is(session_id=session.pk, row_ids=ids, by=by)
        case "drop" | "drop-all":
            n = actions.drop_rows(session_id=session.pk, row_ids=ids, by=by)
            messages.success(request, ngettext("%(n)d row left out", "%(n)d rows left out", n) % {"n": n})
    return HttpResponseRedirect(_here(request, session))


def _enrol_good(request: Request, session: Session, form: GivenForm) -> HttpResponse:
    """Enrol the rows that are good; those to be corrected stay on screen."""

    def do() -> str:
        spread = bool(request.POST.get("smallest"))
        done = actions.enrol_rows(session_id=session.pk, spread=spread, by=request.viewer.actor)
        tell_outcomes(request, session, done)
        if queries.row_count(session.pk):
            return reverse("enrol", args=[session.ref])
        if not all(part.all_new for part in done.values()):
            return reverse("enrol", args=[session.ref]) + "#lines"
        return reverse("session", args=[session.ref]) + "#people"

    done = carry_out(request, form, do)
    return done or _show(request, session, form, refusals=form.refusals)


def _enrol_one(request: Request, session: Session, form: GivenForm) -> HttpResponse:
    """Enrol one person typed in full, without looking at the rows that wait."""
    (one,) = added_rows(request.POST)[:1] or [Row(line=1, text="")]
    person = Person(email=one.email, first_name=one.first_name, last_name=one.last_name)

    def do() -> str:
        by = request.viewer.actor
        if request.POST.get("smallest"):
            done = actions.enrol_smallest(session_id=session.pk, people=[person], by=by)
        else:
            done = {session: actions.enrol(session_id=session.pk, people=[person], by=by)}
        if any(part.left_out for part in done.values()):  # to be asked about among the rows of a list
            actions.keep_rows(session_id=session.pk, rows=added_rows(request.POST), by=by)
            return reverse("enrol", args=[session.ref])
        tell_outcomes(request, session, done)
        return reverse("session", args=[session.ref]) + "#people"

    done = carry_out(request, form, do)
    return done or _show(request, session, form, refusals=form.refusals, unkept=[one])


def _here(request: Request, session: Session) -> str:
    """Return the page one is on, narrowed as it was."""
    asked = {name: request.POST[name] for name in ("show", "page") if request.POST.get(name)}
    return reverse("enrol", args=[session.ref]) + (f"?{urlencode(asked)}" if asked else "")


def _ways_out(session: Session) -> dict[str, str]:
    return {
        "already_ended": reverse("presence", args=[session.ref]) + "#walk-in",
        "no_room": reverse("change_session", args=[session.ref]),
    }


def _show(
    request: Request,
    session: Session,
    form: GivenForm,
    *,
    refusals: Sequence[Blocker] = (),
    unkept: Sequence[Row] = (),
    closed: bool = False,
) -> HttpResponse:
    """Show the list as it is checked; `unkept`: rows typed below it that could not be kept."""
    waiting = queries.waiting_rows(session)
    tally = Tally.of(waiting)
    view = request.GET.get("show", request.POST.get("show", ""))
    narrowed = [row for row in waiting if view not in VIEWS or row.judged.status in VIEWS[view]]
    pages = Paginator(narrowed, PER_PAGE)
    on_page = pages.get_page(request.GET.get("page", request.POST.get("page", "1")))
    rows = [shown(row) for row in on_page]
    if request.method == "POST":
        rows = as_typed(rows, typed_rows(request.POST))
    context = {
        "session": session,
        "mission": session.mission,
        "form": form,
        "rows": rows,
        "page": on_page,
        "show": view,
        "tabs": _tabs(session, tally, view),
        "tally": tally,
        "proposals": sum(bool(row.judged.proposal) for row in waiting if row.judged.row.kind is Kind.INVALID),
        "kept": list(dict.fromkeys(name for row in waiting for name in row.stored.details)),
        "with_groups": any(row.group for row in rows),
        "added": _rows_below(waiting, unkept),
        "refusals": with_ways_out(refusals, _ways_out(session) | way_to_reopen(request, session.mission)),
        "closed": closed,
        "groups": list(parallel(session)),
        "left": max(0, session.capacity - queries.counts([session.pk]).get(session.pk, 0)),
        "most": MAX_ROWS,
        "lines": told_page(queries.outcomes(session.pk), request.GET.get("lines")),
    }
    status = 422 if refusals and not closed else status_of(form)
    return render(request, "coordination/enrol.html", context, status=status)


def _rows_below(waiting: Sequence[WaitingRow], unkept: Sequence[Row]) -> list[Row]:
    """Return what is typed below the list, with empty rows for more; their numbers go on from those above."""
    first = max((row.stored.line for row in waiting), default=0) + 1
    empty = max(1, (1 if waiting else EMPTY_ROWS) - len(unkept))
    return [replace(row, line=first + n) for n, row in enumerate([*unkept, *[Row(line=0, text="")] * empty])]


def _tabs(session: Session, tally: Tally, view: str) -> list[dict[str, Any]]:
    """Return the ways to narrow a long list, each with its count; none for a list that is all of one kind."""
    names = {
        "correct": _("To correct"),
        "ready": _("Ready"),
        "already": _("On the list already"),
        "twice": _("Twice"),
    }
    counts = {name: tally.of_view(name) for name in names}
    if sum(bool(n) for n in counts.values()) < 2 and view not in VIEWS:  # noqa: PLR2004 - nothing to choose
        return []
    here = reverse("enrol", args=[session.ref])
    every = {"label": _("All"), "url": here, "current": view not in VIEWS, "count": tally.all}
    return [every] + [
        {"label": label, "url": f"{here}?show={name}", "current": name == view, "count": counts[name]}
        for name, label in names.items()
        if counts[name] or name == view
    ]
