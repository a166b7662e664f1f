"""What every page needs: who may open it, carrying out its form, and answering a refusal."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Refused
from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.missions.rules import can_run, may_see
from cordee.planning import queries as planning
from cordee.planning.models import HalfDay, Session
from cordee.submissions import actions as submissions
from cordee.web import kept
from cordee.web.fields import QuestionField
from cordee.web.kept import was_kept
from cordee.web.request import Request

_WRITTEN = {"text", "email", "number", "url", "tel", "search"}
"""The kinds of fields that people write in."""

type View[**P] = Callable[Concatenate[Request, P], HttpResponseBase]


def page[**P](
    *permissions: Permission,
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Open a page to those who are logged in and hold at least one of `permissions` (none given: to all of them)."""

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            viewer = request.viewer  # type: ignore[attr-defined]  # set by ActorMiddleware
            if viewer.user is None:
                return redirect_to_login(request.get_full_path())
            if permissions and not any(viewer.actor.may(p) for p in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # the same object, as pages know it

        return guarded

    return decorate


def facilitator_page[**P](view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Open a page to facilitators only: it shows what is their own."""

    @page()
    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.viewer.actor.facilitator_id is None:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def demo_page[**P](
    view: View[P],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Open a page in the demonstration, to everybody; elsewhere it does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)  # type: ignore[arg-type]  # the same object, as pages know it

    return guarded


def mission_or_404(request: Request, ref: str) -> Mission:
    """Return the mission if the viewer may see it; whoever may not does not learn that it exists."""
    mission = missions.mission_by_ref(ref)
    if mission is None or not may_see(mission, request.viewer.actor):
        raise Http404
    return mission


def session_or_404(request: Request, ref: str) -> Session:
    """Return the session if the viewer sees its mission or runs the session."""
    session = planning.session_by_ref(ref)
    if session is None or not may_see_session(session, request.viewer.actor):
        raise Http404
    return session


def may_see_session(session: Session, actor: Actor) -> bool:
    """Tell whether somebody sees the mission of a session, or runs the session."""
    runs = actor.facilitator_id
    return may_see(session.mission, actor) or (runs is not None and planning.is_on_session(session.pk, runs))


def enrolment_or_404(request: Request, session: Session, enrolment_id: int) -> Enrolment:
    """Return somebody on the list of this session; to a form also who was taken off since it was shown, to say so."""
    found = enrolment.enrolment(enrolment_id)
    gone = found is not None and found.cancelled_at is not None and request.method != "POST"
    if found is None or found.session_id != session.pk or gone:
        raise Http404
    return found


def half_day_or_404(session: Session, position: int) -> HalfDay:
    """Return the half-day of a session at this place, 1 for the first."""
    found = next((h for h in planning.half_days(session.pk) if h.position == position), None)
    if found is None:
        raise Http404
    return found


def need_to_run(request: Request, mission: Mission) -> None:
    """Raise PermissionDenied unless the viewer runs this mission."""
    if not can_run(mission, request.viewer.actor):
        raise PermissionDenied


class HouseForm(forms.Form):
    """A form that is carried out once, however often it is submitted, and shows refusals where they belong."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    refusals: tuple[Blocker, ...] = ()

    def refuse(self, refused: Refused) -> None:
        """Put each reason beside its field; those without a field go on top, with what to do about them."""
        self.refusals = refused.blockers
        for blocker in refused.blockers:
            sentence = f"{blocker.message} {blocker.fix}".strip()
            known = self.cleaned_data.get(blocker.field, [])  # an error takes it away
            self.add_error(blocker.field if blocker.field in self.fields else None, sentence)
            field = self.fields.get(blocker.field)
            if isinstance(field, QuestionField):
                field.ask([*known, blocker.subject])

    def unsaved(self) -> list[tuple[str, str]]:
        """Return what was written into a form that was refused, for a page where its fields are not shown any more."""
        written = self.visible_fields() if self.is_bound and self.errors else []
        return [
            (str(field.label), str(field.value()))
            for field in written
            if _is_written(field.field.widget) and field.value()
        ]


def _is_written(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.Textarea) or getattr(widget, "input_type", "") in _WRITTEN


def carry_out(
    request: Request, form: HouseForm, do: Callable[[], str], *, done: str = ""
) -> HttpResponse | None:
    """Run `do` once for this form and go to the address it returns; on a refusal put it on the form, return nothing.

    `done` is the sentence that tells it worked. What waited on a device for the network is answered to the device.
    """
    viewer = request.viewer
    try:
        target = submissions.once(form.cleaned_data["form_token"], user_id=viewer.actor.user_id, do=do)
    except Refused as refused:
        form.refuse(refused)
        return None
    if was_kept(request):
        return kept.done()
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(target)


def attempt(request: Request, do: Callable[[], Any], *, back_to: str, done: str = "") -> HttpResponse:
    """Run an action that is safe to repeat, then go back; a refusal is told on the page gone back to."""
    try:
        do()
    except Refused as refused:
        if was_kept(request):
            return HttpResponse(status=422)
        for blocker in refused.blockers:
            messages.error(request, f"{blocker.message} {blocker.fix}".strip())
    else:
        if was_kept(request):
            return kept.done()
        if done:
            messages.success(request, done)
    return HttpResponseRedirect(back_to)


def status_of(form: forms.BaseForm) -> int:
    """Return 422 for a form shown again with errors, so that browsers and HTMX know it was not carried out."""
    return 422 if form.is_bound and form.errors else 200


def only_post(request: HttpRequest) -> None:
    """Refuse to change anything on a plain visit."""
    if request.method != "POST":
        raise Http404(_("This address only takes forms."))
