"""The log of messages: what left, to whom, and what did not."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from cordee.kernel.permissions import Permission
from cordee.kernel.tokens import hidden
from cordee.mail import queries
from cordee.mail.states import MessageState
from cordee.missions import queries as missions
from cordee.web.mail_log import Act, line, release, send_again, stop
from cordee.web.pages import only_post, page
from cordee.web.request import Request
from cordee.web.slices import slice_of

AS_IT_LEFT: dict[str, Collection[str] | str] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],  # mail has its styles inside; nothing else may load or run
    "img-src": [CSP.SELF, "data:"],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": "",
}


class MailFilters(forms.Form):
    q = forms.CharField(
        required=False,
        max_length=100,
        label=gettext_lazy("Search"),
        widget=forms.SearchInput(attrs={"placeholder": gettext_lazy("Name, address or subject")}),
    )
    state = forms.ChoiceField(
        required=False,
        label=gettext_lazy("State"),
        choices=[
            ("", gettext_lazy("All")),
            (MessageState.FAILED, gettext_lazy("failed")),
            (MessageState.QUEUED, gettext_lazy("queued")),
            (MessageState.SENT, gettext_lazy("sent")),
            (MessageState.CANCELLED, gettext_lazy("not sent")),
        ],
    )


@page(Permission.VIEW_MAIL)
def mails(request: Request) -> HttpResponse:
    """List messages, newest first; what failed has its own link on top."""
    form = MailFilters(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    shown = slice_of(request, queries.messages(search=asked.get("q") or "", state=asked.get("state") or ""))
    narrowed = bool(set(request.GET) - {"page"})
    context = {
        "form": form,
        "page": shown,
        "lines": [line(message, None) for message in shown.items],
        "failed": queries.failed_count(),
        "narrowed": narrowed,
        "clear_url": reverse("mails") if narrowed else "",
        "may_edit": request.viewer.actor.may(Permission.EDIT_MAILS),
    }
    return render(request, "office/mails.html", context)


@page(Permission.VIEW_MAIL)
def mail_message(request: Request, message_id: int) -> HttpResponse:
    """Show a message as it left, personal links apart, and what became of it."""
    message = message_or_404(message_id)
    text = hidden(message.text)
    ref = missions.refs([message.mission_id]).get(message.mission_id, "") if message.mission_id else ""
    handles = request.viewer.actor.may(Permission.EDIT_MAILS)
    context = {
        "message": message,
        "line": line(message, _address if handles else None),
        "text": text,
        "has_html": bool(message.html),
        "masked": text != message.text,
        "mission_ref": ref,
    }
    return render(request, "office/mail_message.html", context)


def _address(verb: str, message_id: int) -> str:
    name = {"again": "send_mail_again", "stop": "stop_mail", "release": "release_mail"}[verb]
    return reverse(name, args=[message_id])


@xframe_options_sameorigin
@csp_override(AS_IT_LEFT)
@page(Permission.VIEW_MAIL)
def mail_html(request: Request, message_id: int) -> HttpResponse:
    """Return the HTML of a message for the frame on its page: it can neither load nor run nor send."""
    message = message_or_404(message_id)
    if not message.html:
        raise Http404
    return HttpResponse(hidden(message.html))


@page(Permission.EDIT_MAILS)
def send_mail_again(request: Request, message_id: int) -> HttpResponse:
    """Send a copy of a message that left or failed."""
    return _do(request, message_id, send_again)


@page(Permission.EDIT_MAILS)
def stop_mail(request: Request, message_id: int) -> HttpResponse:
    """Keep a message from leaving."""
    return _do(request, message_id, stop)


@page(Permission.EDIT_MAILS)
def release_mail(request: Request, message_id: int) -> HttpResponse:
    """Let a message that was stopped leave after all."""
    return _do(request, message_id, release)


def _do(request: Request, message_id: int, act: Act) -> HttpResponse:
    only_post(request)
    message = message_or_404(message_id)
    return act(request, message, reverse("mail_message", args=[message.pk]))


def message_or_404(message_id: int) -> Any:
    """Return a message the office may read: what opens somebody's account is its addressee's alone."""
    found = queries.message(message_id)
    if found is None:
        raise Http404
    return found
