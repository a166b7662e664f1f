"""What the school confirmed of a session without a list; and saying who signed for it on paper."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.attendance import actions, queries, rules
from cordee.deposits.rules import may_deposit_at, sees_sheets_of
from cordee.documents.rendering import frame_of, lines_of
from cordee.web.delivered import DeliveredFields
from cordee.web.pages import HouseForm, carry_out, page, session_or_404, status_of
from cordee.web.request import Request


class OnPaperForm(DeliveredFields, HouseForm):
    """What the contact of the school wrote and signed on the sheet."""


@page()
def session_delivery(request: Request, ref: str) -> HttpResponse:
    """Show the confirmation of the school, and take what it signed on paper."""
    session, actor = session_or_404(request, ref), request.viewer.actor
    if not sees_sheets_of(session, actor):
        raise PermissionDenied
    confirmed = queries.delivery(session.pk)
    listed = queries.enrolled(session.pk)
    may = not list(may_deposit_at(session, actor))
    if request.method == "POST" and not may:
        raise PermissionDenied
    form = OnPaperForm(request.POST or None)

    def do() -> str:
        actions.confirm_delivery_on_paper(
            session_id=session.pk, said=form.said(), key=form.cleaned_data["form_token"], by=actor
        )
        return reverse("session_delivery", args=[session.ref])

    if form.is_valid() and (answer := carry_out(request, form, do, done=_("The confirmation is kept."))):
        return answer
    strokes = queries.drawn(confirmed) if confirmed else ()
    context = {
        "session": session,
        "mission": session.mission,
        "confirmed": confirmed,
        "frame": frame_of(strokes) if strokes else "",
        "lines": lines_of(strokes) if strokes else [],
        "form": form if may else None,
        "closed": [*rules.keeps_no_list(session, enrolled=listed), *rules.is_over(session)],
    }
    return render(request, "coordination/session_delivery.html", context, status=status_of(form))
