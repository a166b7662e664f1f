"""When somebody came to a half-day and left it, as those who run the session say it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.attendance import actions
from cordee.attendance import queries as attendance
from cordee.web.coordination.signing import may_record
from cordee.web.pages import carry_out, enrolment_or_404, half_day_or_404, page, session_or_404, status_of
from cordee.web.request import Request
from cordee.web.signatures import when
from cordee.web.stay import StayForm, known


@page()
def stay(request: Request, ref: str, position: int, enrolment_id: int) -> HttpResponse:
    """Say when somebody came and left, where it was not from start to end."""
    session = session_or_404(request, ref)
    if not may_record(request, session):
        raise PermissionDenied
    half_day = half_day_or_404(session, position)
    person = enrolment_or_404(request, session, enrolment_id)
    told = attendance.stays(session.pk).get((person.pk, half_day.pk))
    form = StayForm(request.POST or None, initial=known(told, session))

    def do() -> str:
        times = form.times(half_day, session)
        actions.tell_times(half_day_id=half_day.pk, enrolment_id=person.pk, by=request.viewer.actor, **times)
        return reverse("presence", args=[ref])

    name = person.participant.full_name
    done = _("Noted for %(name)s.") % {"name": name}
    if form.is_valid() and (answer := carry_out(request, form, do, done=done)):
        return answer
    context = {
        "session": session,
        "mission": session.mission,
        "name": name,
        "when": when(half_day, session),
        "form": form,
    }
    return render(request, "coordination/stay.html", context, status=status_of(form))
