"""Messages as the log shows them: what became of each, and what can be done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.kernel import clock
from cordee.mail.states import WAITING, MessageState
from cordee.notifications import actions
from cordee.notifications.mails import name_of
from cordee.web.pages import attempt
from cordee.web.request import Request

KINDS = {
    MessageState.QUEUED: "wait",
    MessageState.SENDING: "go",
    MessageState.SENT: "done",
    MessageState.FAILED: "stop",
    MessageState.CANCELLED: "neutral",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message with its fate; the addresses are those of the forms that do something about it."""

    message: Any
    name: str
    kind: str
    later: bool
    """It waits for its moment."""
    notes: list[str]
    again_url: str = ""
    stop_url: str = ""
    release_url: str = ""


type Address = Callable[[str, int], str]
"""From what is done (`again`, `stop`, `release`) and a message to the address of the form."""


def line(message: Any, address: Address | None) -> Line:
    """Return a message as the log shows it; `address` for those who may do something about it."""
    state = MessageState(message.state)

    def url(verb: str, *, possible: bool) -> str:
        return address(verb, message.pk) if address and possible else ""

    return Line(
        message=message,
        name=name_of(message.purpose),
        kind=KINDS[state],
        later=state == MessageState.QUEUED and message.due_at > clock.now(),
        notes=list(_notes(message)),
        again_url=url("again", possible=state in {MessageState.SENT, MessageState.FAILED}),
        stop_url=url("stop", possible=state in WAITING),
        release_url=url("release", possible=message.stopped_at is not None),
    )


def _notes(message: Any) -> list[str]:
    notes = []
    if message.is_copy:
        notes.append(_("a copy, sent by hand"))
    if message.copies:
        notes.append(
            ngettext("sent again %(n)d time", "sent again %(n)d times", message.copies)
            % {"n": message.copies}
        )
    if message.stopped_at:
        notes.append(_("stopped by hand"))
    return notes


# --- what is done by hand -----------------------------------------------------------------------
type Act = Callable[[Request, Any, str], HttpResponse]
"""Something done to a message, then the page it was asked on, or another one."""


def send_again(request: Request, message: Any, otherwise: str) -> HttpResponse:
    """Send a copy to the same person: one for each time the page with the button was shown."""
    shown = request.POST.get("copies", "")
    copies = int(shown[:4]) if shown.isascii() and shown.isdecimal() else message.copies
    return attempt(
        request,
        lambda: actions.send_again(message_id=message.pk, copies=copies, by=request.viewer.actor),
        back_to=_back(request, otherwise),
        done=_("A copy leaves within a minute."),
    )


def stop(request: Request, message: Any, otherwise: str) -> HttpResponse:
    """Keep a message from leaving, if it has not."""
    in_time: list[bool] = []
    answer = attempt(
        request,
        lambda: in_time.append(actions.stop(message_id=message.pk, by=request.viewer.actor)),
        back_to=_back(request, otherwise),
    )
    if in_time == [True]:
        messages.success(request, _("The message will not leave."))
    elif in_time:
        messages.warning(request, _("Too late: this message does not wait any more."))
    return answer


def release(request: Request, message: Any, otherwise: str) -> HttpResponse:
    """Let a message that was stopped leave after all."""
    return attempt(
        request,
        lambda: actions.release(message_id=message.pk, by=request.viewer.actor),
        back_to=_back(request, otherwise),
        done=_("The message leaves when its time has come, if what it says is still true then."),
    )


def _back(request: Request, otherwise: str) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else otherwise
