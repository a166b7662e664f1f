"""The messages about a session, in words: what each is for, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.kernel import clock
from cordee.mail.queries import Fate
from cordee.mail.states import MessageState
from cordee.notifications import queries
from cordee.notifications.mails import CHANGES, Mail, name_of
from cordee.planning.models import Session
from cordee.web.components import formatting
from cordee.web.mail_log import KINDS

_SOON = timedelta(hours=12)
"""What leaves within this time is told with its hour."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages of one purpose share one fate."""

    name: str
    purpose: str
    state: str
    kind: str
    words: str


def tallies(fates: Iterable[Fate]) -> list[Tally]:
    """Return the fates counted, each with its words."""
    return [
        Tally(
            name=name_of(fate.purpose),
            purpose=fate.purpose,
            state=fate.state,
            kind=KINDS[MessageState(fate.state)],
            words=_words(fate),
        )
        for fate in fates
    ]


def _words(fate: Fate) -> str:
    wait = fate.at - clock.now() if fate.at else timedelta()
    if fate.at and fate.later == fate.count and wait < _SOON:
        words = ngettext("%(n)d leaves at %(time)s", "%(n)d leave at %(time)s", fate.count)
        return words % {"n": fate.count, "time": formatting.clock(fate.at)}
    return _fate(MessageState(fate.state), later=fate.later == fate.count) % {"n": fate.count}


def leave_at(session: Session) -> str:
    """Return when news of a change made now leave, to be added to a sentence beside the button that undoes it;
    nothing when they leave at once.
    """
    leaves = first_news(session, CHANGES)
    if leaves is None:
        return ""
    words = _("Those concerned are told at %(time)s; undone before, nothing leaves.")
    return " " + words % {"time": formatting.clock(leaves)}


def told_unless_put_back(session: Session) -> str:
    """Return when news of a session that was changed just now leave, and how to take the change back, to be added to
    a sentence; nothing when they leave at once.
    """
    leaves = first_news(session, CHANGES)
    if leaves is None:
        return ""
    words = _(
        "Those concerned are told at %(time)s. To take the change back, put the old date, times and place back before "
        "then: nothing leaves."
    )
    return " " + words % {"time": formatting.clock(leaves)}


def first_news(
    session: Session, purposes: Iterable[Mail], *, done_at: datetime | None = None
) -> datetime | None:
    """Return when (UTC) the first news for these purposes leave of what is done now, or was `done_at` (UTC);
    nothing when at once.
    """
    rules = queries.rules()
    leaves = (done_at or clock.now()) + min(rules[purpose].delay for purpose in purposes)
    return leaves if clock.now() < leaves < session.starts_at else None


def _fate(state: MessageState, *, later: bool) -> str:
    return {
        MessageState.QUEUED: _("%(n)d leave later") if later else _("%(n)d about to leave"),
        MessageState.SENDING: _("%(n)d leaving"),
        MessageState.SENT: _("%(n)d sent"),
        MessageState.FAILED: _("%(n)d failed"),
        MessageState.CANCELLED: _("%(n)d not sent"),
    }[state]
