"""A facilitator deposits the signed sheet through their personal link, without logging in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.deposits import actions, queries, rules
from cordee.deposits.models import FILE_LABELS, DepositedFile
from cordee.deposits.states import FileState
from cordee.web import limits
from cordee.web.coordination.deposits import words
from cordee.web.coordination.deposits.giving import DepositForm
from cordee.web.coordination.deposits.outcomes import tell
from cordee.web.guest.answer import Invited, own_request
from cordee.web.pages import carry_out, status_of
from cordee.web.request import Request

_KINDS = {FileState.WAITING: "wait", FileState.READ: "done", FileState.REFUSED: "stop"}


@own_request
def signed_sheet(request: Request, who: Invited) -> HttpResponse:
    """Take photos or scans of the sheet; who confirms them logs in."""
    session = who.place.session
    refusals = list(rules.may_deposit_at(session, who.by))
    sent = request.method == "POST"
    form = DepositForm(request.POST if sent else None, request.FILES if sent else None)
    here = reverse("link_signed_sheet", args=[who.token])

    def do() -> str:
        done = actions.deposit(files=form.given(), session_id=session.pk, by=who.by)
        tell(request, done, who.by)
        return here

    if form.is_valid():
        if limits.is_met(request, "deposit", key=f"link-{who.by.link_id}"):
            wait = limits.in_words(limits.seconds_to_wait(request))
            form.add_error(None, _("That is a lot at once. Deposit the rest in %(wait)s.") % {"wait": wait})
        elif answer := carry_out(request, form, do):
            return answer
    context = {
        "session": session,
        "form": form,
        "here": here,
        "refusals": [] if sent else refusals,
        "may": sent or not refusals,
        "files": [_row(f) for made in queries.deposits_of(who.by)[:20] for f in queries.files_of(made.pk)],
    }
    return render(request, "guest/signed_sheet.html", context, status=status_of(form))


def _row(file: DepositedFile) -> dict[str, str]:
    state = FileState(file.state)
    return {
        "name": file.name or _("a file without a name"),
        "kind": _KINDS[state],
        "state": str(FILE_LABELS[state]),
        "refused": words.refusal(file.code) if file.code else "",
    }
