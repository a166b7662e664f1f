"""The log of messages: what left, to whom, and what did not."""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from cordee.kernel.permissions import Permission
from cordee.mail import actions, queries
from cordee.mail.states import MessageState
from cordee.missions import queries as missions
from cordee.web.office.lists import slice_of
from cordee.web.pages import attempt, only_post, page
from cordee.web.request import Request

KINDS = {
    MessageState.QUEUED: "wait",
    MessageState.SENDING: "go",
    MessageState.SENT: "done",
    MessageState.FAILED: "stop",
    MessageState.CANCELLED: "neutral",
}
_PERSONAL_LINK = re.compile(r"(/a/)[\w:.=-]+")
_LOG_IN = "account:"
"""Messages about logging in hold a code or a link that opens somebody's account: nobody else reads them."""

_AS_IT_LEFT: dict[str, Collection[str] | str] = {
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
        "rows": [(message, KINDS[MessageState(message.state)]) for message in shown.items],
        "failed": queries.failed_count(),
        "narrowed": narrowed,
        "clear_url": reverse("mails") if narrowed else "",
    }
    return render(request, "office/mails.html", context)


@page(Permission.VIEW_MAIL)
def mail_message(request: Request, message_id: int) -> HttpResponse:
    """Show a message as it left, personal links and log-in codes apart, and what became of it."""
    message = message_or_404(message_id)
    secret = message.subject_ref.startswith(_LOG_IN)
    ref = missions.refs([message.mission_id]).get(message.mission_id, "") if message.mission_id else ""
    context = {
        "message": message,
        "kind": KINDS[MessageState(message.state)],
        "text": "" if secret else without_links(message.text),
        "secret": secret,
        "has_html": bool(message.html) and not secret,
        "masked": bool(_PERSONAL_LINK.search(message.text)) and not secret,
        "mission_ref": ref,
        "failed": message.state == MessageState.FAILED,
        "may_retry": _may_retry(request),
    }
    return render(request, "office/mail_message.html", context)


@xframe_options_sameorigin
@csp_override(_AS_IT_LEFT)
@page(Permission.VIEW_MAIL)
def mail_html(request: Request, message_id: int) -> HttpResponse:
    """Return the HTML of a message for the frame on its page: it can neither load nor run nor send."""
    message = message_or_404(message_id)
    if not message.html or message.subject_ref.startswith(_LOG_IN):
        raise Http404
    return HttpResponse(without_links(message.html))


@page(Permission.EDIT_SETTINGS, Permission.RUN_ANY_MISSION)
def retry_mail(request: Request, message_id: int) -> HttpResponse:
    """Send a failed message again."""
    only_post(request)
    message = message_or_404(message_id)
    return attempt(
        request,
        lambda: actions.retry(message.pk),
        back_to=reverse("mail_message", args=[message.pk]),
        done=_("The message will leave within a minute."),
    )


def message_or_404(message_id: int) -> Any:
    found = queries.message(message_id)
    if found is None:
        raise Http404
    return found


def without_links(body: str) -> str:
    """Return the words without the secret of personal links: whoever opens one acts as its reader."""
    return _PERSONAL_LINK.sub(r"\1…", body)


def _may_retry(request: Request) -> bool:
    actor = request.viewer.actor
    return actor.may(Permission.EDIT_SETTINGS) or actor.may(Permission.RUN_ANY_MISSION)
