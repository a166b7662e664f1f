"""Sessions that were cancelled by mistake: until when each can be taken back, and the button that does it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.mail import queries as mail
from cordee.mail.queries import Leaving
from cordee.missions.rules import is_running, may_run
from cordee.notifications import queries as notifications
from cordee.notifications.mails import TELLS_CANCELLATION
from cordee.planning import actions
from cordee.planning.models import Session
from cordee.planning.rules import may_restore
from cordee.web.addresses import address
from cordee.web.components import formatting
from cordee.web.components.markup import markup
from cordee.web.coordination.letters import first_news
from cordee.web.pages import attempt, need_to_run, only_post, page, session_or_404
from cordee.web.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """How a cancelled session is taken back, as long as it can be."""

    url: str
    form_id: str
    until: str
    """Says when those concerned are told."""


def ways_back(sessions: Sequence[Session], actor: Actor) -> dict[int, WayBack]:
    """Return the ways back for these cancelled sessions of one mission, where there is one; two queries at most."""
    mission = sessions[0].mission if sessions else None
    if mission is None or list(may_run(mission, actor)) or list(is_running(mission)):
        return {}
    delay = _delay()
    words: dict[int, list[Leaving]] = defaultdict(list)
    for word in mail.leaving((s.pk for s in sessions), TELLS_CANCELLATION):
        words[word.session_id].append(word)
    return {
        s.pk: WayBack(
            url=address("restore_session", s.ref),
            form_id=_form_id(s),
            until=_until(s.cancelled_at + delay, words[s.pk]),
        )
        for s in sessions
        if s.cancelled_at
        and not list(may_restore(s, actor))
        and not any(word.left and word.at >= s.cancelled_at for word in words[s.pk])
    }


def _delay() -> timedelta:
    rules = notifications.rules()
    return min(rules[purpose].delay for purpose in TELLS_CANCELLATION)


def _until(usually: datetime, words: Sequence[Leaving]) -> str:
    """Say when the first word of it leaves; `usually` when it is not written yet."""
    leaves = min((word.at for word in words if not word.left), default=usually)
    return _told_at(leaves) if leaves > clock.now() else _("Nobody has been told.")


def _told_at(moment: datetime) -> str:
    words = _("Those concerned are told at %(time)s; taken back before, nothing leaves.")
    return words % {"time": formatting.clock(moment)}


def _form_id(session: Session) -> str:
    return f"restore-{session.pk}"


def just_cancelled(session: Session) -> SafeString:
    """Say that a session is cancelled, with the button that takes it back: its form is on the page of the mission."""
    words, leaves = _("The session is cancelled."), first_news(session, TELLS_CANCELLATION)
    if leaves is None:
        return markup("{}", words)
    button = '{} {} <button class="link" type="submit" form="{}">{}</button>'
    return markup(button, words, _told_at(leaves), _form_id(session), _("Take it back"))


@page()
def restore_session(request: Request, ref: str) -> HttpResponse:
    """Take a cancelled session back, as long as nobody was told."""
    only_post(request)
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    return attempt(
        request,
        lambda: actions.restore_session(session_id=session.pk, by=request.viewer.actor),
        back_to=reverse("session", args=[ref]),
        done=_("%(session)s takes place: everything is as it was, and nobody was told.")
        % {"session": session.title},
    )
