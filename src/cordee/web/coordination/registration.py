"""Letting people register themselves on a session: the link, its QR code and poster, who waits."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel import clock
from cordee.kernel.periods import NoSuchLocalTime, instant, local
from cordee.missions.rules import can_run, is_running
from cordee.notifications.compose import address
from cordee.planning.models import Session
from cordee.planning.rules import is_within_planning
from cordee.planning.states import SessionStatus
from cordee.registration import actions, queries, rules
from cordee.registration.models import Invitation
from cordee.registration.queries import Pending
from cordee.web.pages import (
    HouseForm,
    attempt,
    carry_out,
    need_to_run,
    only_post,
    page,
    session_or_404,
    status_of,
)
from cordee.web.places import place_of
from cordee.web.request import Request

_ACTS = {"admit": actions.admit_by_hand, "remove": actions.remove}


class OpeningForm(HouseForm):
    """Until when people may register themselves, in the time of the session."""

    closes_at = forms.CharField(
        label=gettext_lazy("Closes"),
        required=False,
        widget=forms.TextInput(attrs={"type": "datetime-local"}),
        help_text=gettext_lazy("Left empty: when the session starts."),
    )

    def __init__(self, *args: Any, time_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone = time_zone

    def clean_closes_at(self) -> datetime | None:
        """Return the moment that was typed, in UTC."""
        typed = self.cleaned_data["closes_at"]
        if not typed:
            return None
        try:
            local_time = datetime.fromisoformat(typed).replace(tzinfo=None)
            if not is_within_planning(local_time.date()):
                raise forms.ValidationError(_("Look at the year."))
            return instant(local_time, self.time_zone)
        except NoSuchLocalTime as error:
            sentence = _("%(time)s does not exist: the clocks go forward.") % {"time": error}
            raise forms.ValidationError(sentence) from error
        except ValueError as error:
            raise forms.ValidationError(_("Give a day and a time.")) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Registration as the session page shows it."""

    form: OpeningForm
    invitation: Invitation | None
    url: str
    open: bool
    closes: datetime
    people: Pending
    may: bool
    """Whether the viewer may switch it, and sort those who wait."""


def box_of(session: Session, *, may: bool, form: OpeningForm | None = None) -> Box | None:
    """Return what there is to show; nothing where nobody may register and the viewer cannot change that."""
    invitation = queries.invitation_of(session.pk)
    to_come = session.starts_at > clock.now()
    if invitation is None and form is None and not (may and to_come):
        return None
    closes_at = invitation.closes_at if invitation else None
    shown = f"{local(closes_at, session.time_zone):%Y-%m-%dT%H:%M}" if closes_at else ""
    is_open = invitation is not None and not list(rules.is_open(invitation, session, session.mission))
    return Box(
        form=form or OpeningForm(initial={"closes_at": shown}, time_zone=session.time_zone),
        invitation=invitation,
        url=_link(invitation) if invitation else "",
        open=is_open,
        closes=local(
            rules.closing(invitation, session) if invitation else session.starts_at, session.time_zone
        ),
        people=queries.pending(invitation) if invitation else Pending([], [], 0),
        may=(may and to_come) or form is not None,  # a form that was refused is shown: with what was typed
    )


def is_open_today(session: Session) -> bool:
    """Tell whether those who come can put themselves on the list by the session's link."""
    invitation = queries.invitation_of(session.pk)
    return bool(invitation and not invitation.switched_off_at) and session.ends_at > clock.now()


def _link(invitation: Invitation) -> str:
    return address(reverse("register", args=[invitation.token]))


@page()
def session_registration(request: Request, ref: str) -> HttpResponse:
    """Show registration on a page of its own; switch it on or off, or change until when."""
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    back = reverse("session", args=[ref]) + "#registration"
    by = request.viewer.actor
    if request.POST.get("do") == "close":

        def close() -> None:
            actions.close_registration(session_id=session.pk, by=by)

        return attempt(request, close, back_to=back, done=_("Registration is switched off."))
    form = OpeningForm(request.POST if request.method == "POST" else None, time_zone=session.time_zone)

    def do() -> str:
        closes_at = form.cleaned_data["closes_at"]
        actions.open_registration(session_id=session.pk, closes_at=closes_at, by=by)
        return back

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("Registration is open: share the link or its QR code."))
        if answer:
            return answer
    shown = form if form.is_bound else None
    open_ = not list(is_running(session.mission)) and session.status == SessionStatus.PLANNED
    context = {
        "session": session,
        "mission": session.mission,
        "registration": box_of(session, may=open_, form=shown),
    }
    return render(request, "coordination/registration.html", context, status=status_of(form))


@page()
def decide_registration(request: Request, ref: str, registration_id: int) -> HttpResponse:
    """Let somebody in before their turn, or take them off."""
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    only_post(request)
    registration = queries.registration(registration_id)
    act = _ACTS.get(request.POST.get("do", ""))
    if registration is None or registration.invitation.session_id != session.pk or act is None:
        raise Http404
    back = reverse("session", args=[ref]) + "#registration"
    by = request.viewer.actor
    return attempt(
        request,
        lambda: act(registration_id=registration_id, by=by),
        back_to=back,
        done=_("%(name)s is told by e-mail.") % {"name": registration.full_name}
        if registration.confirmed_at
        else _("Done."),
    )


def _invitation_or_404(session: Session) -> Invitation:
    invitation = queries.invitation_of(session.pk)
    if invitation is None or invitation.switched_off_at is not None:
        raise Http404
    return invitation


@page()
def registration_qr(request: Request, ref: str) -> HttpResponse:
    """Give the QR code of the link, as a picture that stays sharp at any size."""
    invitation = _invitation_or_404(session_or_404(request, ref))
    out = BytesIO()
    code = segno.make(_link(invitation), error="m", micro=False)
    code.save(out, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False, nl=False)
    headers = {"Content-Disposition": f'inline; filename="{ref.lower()}-qr.svg"'}
    return HttpResponse(out.getvalue(), content_type="image/svg+xml", headers=headers)


@page()
def registration_poster(request: Request, ref: str) -> HttpResponse:
    """Show the QR code large, with what it is for: on a screen, or printed."""
    session = session_or_404(request, ref)
    invitation = _invitation_or_404(session)
    context = {
        "session": session,
        "mission": session.mission,
        "url": _link(invitation),
        "place": place_of(session),
        "starts": session.starts,
        "ends": session.ends,
        "runs": can_run(session.mission, request.viewer.actor),
    }
    return render(request, "coordination/poster.html", context)
