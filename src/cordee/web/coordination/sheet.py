"""The sheet of a session for those who run it: what is found on it, and giving it to quality."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.attendance import queries as attendance
from cordee.attendance.rules import is_confirmed_by_the_school
from cordee.conformity import actions, queries, rules
from cordee.conformity.models import SheetReview
from cordee.conformity.rules import Finding
from cordee.conformity.states import MACHINE
from cordee.deposits.rules import sees_sheets_of
from cordee.kernel import clock
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.web.pages import HouseForm, carry_out, page, session_or_404, status_of
from cordee.web.request import Request
from cordee.web.sheets import shown


class SubmitForm(HouseForm):
    """Giving a sheet to quality, with the answers to what is asked about it."""

    note = forms.CharField(
        label=gettext_lazy("Note for quality"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sheet_seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


@page()
def sheet_review(request: Request, ref: str) -> HttpResponse:
    """Show the sheet with what is found on it; submit it. Asked for by the page of the session: a summary."""
    session = session_or_404(request, ref)
    may = not list(rules.may_submit(session, request.viewer.actor))
    review = queries.review_of(session.pk)
    form = SubmitForm(request.POST or None, initial={"sheet_seen": rules.seen_of(review)})
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if form.is_valid() and (answer := _submit(request, session, form)):
            return answer
        review = queries.review_of(session.pk)
    context = _context(request, session, review, form)
    context["open"] = may and session.status == SessionStatus.PLANNED and MACHINE.allows("submit", review)
    template = "coordination/_sheet_review.html" if request.htmx else "coordination/sheet_review.html"
    return render(request, template, context, status=status_of(form))


def _submit(request: Request, session: Session, form: SubmitForm) -> HttpResponse | None:
    def do() -> str:
        actions.submit(
            session_id=session.pk,
            note=form.cleaned_data["note"],
            seen=form.cleaned_data["sheet_seen"],
            by=request.viewer.actor,
        )
        return reverse("sheet_review", args=[session.ref])

    return carry_out(request, form, do, done=_("The sheet is with quality."))


def _context(request: Request, session: Session, review: SheetReview, form: SubmitForm) -> dict[str, Any]:
    found: list[Finding] = queries.findings_of(session.pk) if session.starts_at <= clock.now() else []
    return {
        "session": session,
        "mission": session.mission,
        "sheet": shown(review, found),
        "needed": queries.needs_sheet(session.mission.order.sector, request.viewer.organisation),
        "school": is_confirmed_by_the_school(session, enrolled=attendance.enrolled(session.pk)),
        "begun": session.starts_at <= clock.now(),
        "ended": session.ends_at <= clock.now(),
        "form": form,
        "sees_sheets": sees_sheets_of(session, request.viewer.actor),
    }
