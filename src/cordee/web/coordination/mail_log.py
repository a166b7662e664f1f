"""The messages about a mission or one of its sessions: their fate, and what those who run the mission do about it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel.permissions import Permission
from cordee.kernel.tokens import hidden
from cordee.mail import queries as mail
from cordee.mail.states import MessageState
from cordee.missions.models import Mission
from cordee.missions.rules import can_run, may_see
from cordee.notifications.mails import name_of
from cordee.web.mail_log import Act, Address, line, release, send_again, stop
from cordee.web.pages import mission_or_404, need_to_run, only_post, page, session_or_404
from cordee.web.request import Request
from cordee.web.slices import slice_of

PER_PAGE = 50
STATES = (
    ("", gettext_lazy("All")),
    (MessageState.QUEUED, gettext_lazy("queued")),
    (MessageState.SENT, gettext_lazy("sent")),
    (MessageState.FAILED, gettext_lazy("failed")),
    (MessageState.CANCELLED, gettext_lazy("not sent")),
)


class LogFilters(forms.Form):
    """Narrow the log to one kind of message, to one fate."""

    purpose = forms.ChoiceField(required=False, label=gettext_lazy("Message"))
    state = forms.ChoiceField(required=False, label=gettext_lazy("State"), choices=STATES)

    def __init__(self, *args: Any, purposes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All")), *((p, name_of(p)) for p in purposes)]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]  # a choice field


@page()
def mission_mails(request: Request, ref: str) -> HttpResponse:
    """List every message about the mission with its fate."""
    found = mission_or_404(request, ref)
    context = _log(request, found, mission_id=found.pk)
    return render(request, "coordination/mails.html", context | {"session": None})


@page()
def session_mails(request: Request, ref: str) -> HttpResponse:
    """List every message about the session with its fate."""
    found = session_or_404(request, ref)
    if not may_see(found.mission, request.viewer.actor):
        raise PermissionDenied
    context = _log(request, found.mission, session_id=found.pk)
    return render(request, "coordination/mails.html", context | {"session": found})


def _log(request: Request, mission: Mission, **about: int) -> dict[str, Any]:
    fates = mail.fates(**about)
    form = LogFilters(request.GET, purposes=list(dict.fromkeys(fate.purpose for fate in fates)))
    form.is_valid()
    asked = form.cleaned_data
    found = mail.about(**about, purpose=asked.get("purpose") or "", state=asked.get("state") or "")
    shown = slice_of(request, found, per_page=PER_PAGE)
    actor = request.viewer.actor
    address = _address(mission.ref) if can_run(mission, actor) else None
    return {
        "mission": mission,
        "form": form,
        "page": shown,
        "lines": [line(message, address) for message in shown.items],
        "narrowed": any(asked.values()),
        "clear_url": request.path if any(asked.values()) else "",
        "opens": _may_read(mission, request),
        "office": actor.may(Permission.VIEW_MISSIONS),
    }


def _address(ref: str) -> Address:
    def address(verb: str, message_id: int) -> str:
        return reverse(f"mission_mail_{verb}", args=[ref, message_id])

    return address


def _may_read(mission: Mission, request: Request) -> bool:
    """What messages say is for those who run the mission, and for those of the office who read mail."""
    actor = request.viewer.actor
    return can_run(mission, actor) or actor.may(Permission.VIEW_MAIL)


@page()
def mission_mail(request: Request, ref: str, message_id: int) -> HttpResponse:
    """Show what a message says, without the personal links in it, and what became of it."""
    found = mission_or_404(request, ref)
    if not _may_read(found, request):
        raise PermissionDenied
    message = _message_or_404(found, message_id)
    runs = can_run(found, request.viewer.actor)
    text = hidden(message.text)
    context = {
        "mission": found,
        "message": message,
        "line": line(message, _address(ref) if runs else None),
        "text": text,
        "masked": text != message.text,
    }
    return render(request, "coordination/mail.html", context)


def _message_or_404(mission: Mission, message_id: int) -> Any:
    found = mail.message(message_id)
    if found is None or found.mission_id != mission.pk:
        raise Http404
    return found


@page()
def mission_mail_again(request: Request, ref: str, message_id: int) -> HttpResponse:
    """Send a copy of a message to the same person."""
    return _do(request, ref, message_id, send_again)


@page()
def mission_mail_stop(request: Request, ref: str, message_id: int) -> HttpResponse:
    """Keep a message from leaving."""
    return _do(request, ref, message_id, stop)


@page()
def mission_mail_release(request: Request, ref: str, message_id: int) -> HttpResponse:
    """Let a message that was stopped leave after all."""
    return _do(request, ref, message_id, release)


def _do(request: Request, ref: str, message_id: int, act: Act) -> HttpResponse:
    only_post(request)
    found = mission_or_404(request, ref)
    need_to_run(request, found)
    message = _message_or_404(found, message_id)
    return act(request, message, reverse("mission_mails", args=[ref]))
