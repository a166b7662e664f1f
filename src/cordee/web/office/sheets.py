"""Quality's queue of attendance sheets, and what is decided of each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cordee.conformity import actions, queries, rules
from cordee.conformity.models import REASON_LABELS, SheetReview
from cordee.conformity.states import MACHINE, REVIEW_WITHIN, Reason, SheetState
from cordee.deposits import queries as deposits
from cordee.deposits.states import PageState
from cordee.evidence import queries as sealed
from cordee.kernel import clock, zones
from cordee.kernel.periods import local, start_of_day
from cordee.kernel.permissions import Permission
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.quality.rules import handles as improves
from cordee.web.office.evidence import evidence
from cordee.web.pages import HouseForm, carry_out, only_post, page, status_of
from cordee.web.periods import last_twelve
from cordee.web.request import Request
from cordee.web.sheets import KINDS, shown
from cordee.web.slices import slice_of

ALL = "all"
ANY = "any"
"""In an address: a reason for which a sheet was refused, whichever."""


class ReasonsField(forms.MultipleChoiceField):
    """Why a sheet is refused."""

    one_of_several = True
    """The rule says that one is chosen at least: it is not called optional."""


class AcceptForm(HouseForm):
    """Accepting a sheet."""

    prefix = "accept"
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Needed where something is wrong all the same: it stays on record."),
    )
    sheet_seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class RefuseForm(HouseForm):
    """Refusing a sheet, with what those who put it right are told."""

    prefix = "refuse"
    reasons = ReasonsField(
        label=gettext_lazy("Reasons"),
        required=False,
        choices=list(REASON_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=gettext_lazy("What to do"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The coordinator and the facilitators read it in their e-mail."),
    )
    sheet_seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Row:
    """A sheet in the list; `due_on` in the organisation's zone, of one that waits."""

    review: SheetReview
    kind: str
    due_on: date | None
    late: bool


@page(Permission.VIEW_EVIDENCE)
def sheets(request: Request) -> HttpResponse:
    """List sheets by state: those that wait for quality first, the oldest on top."""
    asked = request.GET.get("status", SheetState.SUBMITTED)
    state = asked if asked in {*SheetState, ALL} else SheetState.SUBMITTED
    reason = request.GET.get("reason", "")
    # Refused in the last twelve months, for one reason or any, whatever became of the sheet.
    refused = reason in {*Reason, ANY}
    late = "late" in request.GET
    wanted = queries.queue(
        "" if state == ALL or refused else state,
        late=late,
        refused_since=twelve_months_ago() if refused else None,
        reason=Reason(reason) if reason in set(Reason) else None,
    )
    found = slice_of(request, wanted)
    context = {
        "tabs": _tabs("" if refused else state),
        "narrowed": _narrowed(reason) if refused else _("Late") if late else "",
        "waits": not refused and state == SheetState.SUBMITTED,
        "page": found,
        "rows": [_row(review) for review in found.items],
        "late": queries.late_count() if state == SheetState.SUBMITTED and not refused else 0,
    }
    return render(request, "office/sheets.html", context)


def twelve_months_ago() -> datetime:
    """Return when the first of the last twelve months began, the present one among them (UTC)."""
    return start_of_day(last_twelve()[0], zones.home())


def _narrowed(reason: str) -> str:
    if reason == ANY:
        return _("Refused in the last twelve months")
    return _("Refused in the last twelve months: %(reason)s") % {"reason": REASON_LABELS[Reason(reason)]}


def _tabs(state: str) -> list[dict[str, Any]]:
    labels = {
        SheetState.SUBMITTED.value: _("To look at"),
        SheetState.REFUSED.value: _("Refused"),
        SheetState.IN_PROGRESS.value: _("Sent back"),
        SheetState.ACCEPTED.value: pgettext("sheets", "Accepted"),
        ALL: _("All"),
    }
    counts = queries.counts()
    return [
        {
            "label": label,
            "url": f"{reverse('sheets')}?status={value}",
            "current": value == state,
            "count": counts[value] if value != ALL else None,
        }
        for value, label in labels.items()
    ]


def _row(review: SheetReview) -> Row:
    state = SheetState(review.state)
    due = review.since + REVIEW_WITHIN
    waits = state == SheetState.SUBMITTED
    return Row(
        review, KINDS[state], local(due, zones.home()).date() if waits else None, waits and due < clock.now()
    )


@page(Permission.VIEW_EVIDENCE)
def sheet(request: Request, ref: str) -> HttpResponse:
    """Show a sheet with what is found on it, its pages of paper and every signature; quality decides."""
    return _show(request, _session_or_404(ref))


@page(Permission.DECIDE_SHEETS)
def accept_sheet(request: Request, ref: str) -> HttpResponse:
    only_post(request)
    session, form = _session_or_404(ref), AcceptForm(request.POST)

    def do() -> str:
        actions.accept(
            session_id=session.pk,
            note=form.cleaned_data["note"],
            seen=form.cleaned_data["sheet_seen"],
            by=request.viewer.actor,
        )
        return _next(session)

    if form.is_valid() and (answer := carry_out(request, form, do, done=_said(session, _("accepted")))):
        return answer
    return _show(request, session, accept=form)


@page(Permission.DECIDE_SHEETS)
def refuse_sheet(request: Request, ref: str) -> HttpResponse:
    """Refuse a sheet: those who have to put it right are told by e-mail."""
    only_post(request)
    session, form = _session_or_404(ref), RefuseForm(request.POST)

    def do() -> str:
        actions.refuse(
            session_id=session.pk,
            reasons=[Reason(code) for code in form.cleaned_data["reasons"]],
            note=form.cleaned_data["note"],
            seen=form.cleaned_data["sheet_seen"],
            by=request.viewer.actor,
        )
        return _next(session)

    if form.is_valid() and (answer := carry_out(request, form, do, done=_said(session, _("refused")))):
        return answer
    return _show(request, session, refuse=form)


def _said(session: Session, what: str) -> str:
    return _("The sheet of %(session)s: %(what)s.") % {"session": session.title, "what": what}


def _next(session: Session) -> str:
    """Return where to go on: the next sheet that waits, or the list when none does."""
    following = queries.next_after(queries.review_of(session.pk))
    return reverse("sheet", args=[following.session.ref]) if following else reverse("sheets")


def _session_or_404(ref: str) -> Session:
    session = planning.session_by_ref(ref)
    if session is None:
        raise Http404
    return session


def _show(
    request: Request, session: Session, *, accept: AcceptForm | None = None, refuse: RefuseForm | None = None
) -> HttpResponse:
    review = queries.review_of(session.pk)
    seen = {"sheet_seen": rules.seen_of(review)}
    accept, refuse = accept or AcceptForm(initial=seen), refuse or RefuseForm(initial=seen)
    following = queries.next_after(review) if review.pk else None
    ground = queries.ground_of([session.pk])
    papers = deposits.pages_of_session(session.pk).exclude(state=PageState.ASIDE)
    decides = request.viewer.actor.may(Permission.DECIDE_SHEETS)
    context = {
        "session": session,
        "mission": session.mission,
        "sheet": shown(review, queries.findings_from(session, ground)),
        "halves": evidence(session, ground),
        "papers": papers if ground.paper[session.pk].pages else (),
        "sealed": sealed.sealed_files(session.pk),
        "accepts": decides and MACHINE.allows("accept", review),
        "refuses": decides and MACHINE.allows("refuse", review),
        "accept": accept,
        "refuse": refuse,
        # What is wrong with a field stands at the field.
        "refusals": [b for form in (accept, refuse) for b in form.refusals if b.field not in form.fields],
        "improves": improves(request.viewer.actor),
        "next_url": reverse("sheet", args=[following.session.ref]) if following else "",
    }
    status = max(status_of(accept), status_of(refuse))
    return render(request, "office/sheet.html", context, status=status)
