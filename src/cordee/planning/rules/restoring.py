"""When a cancelled session may be taken back."""

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _

from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.planning.models import Session

type RestoringHold = Callable[[Session], Iterator[Blocker]]
"""Given a session that was cancelled, says why it must stay so."""
_restoring_holds: list[RestoringHold] = []


def hold_restoring(check: RestoringHold) -> None:
    """Have `check` asked before a cancelled session is taken back: rooms above know who was told."""
    _restoring_holds.append(check)


def may_be_restored(session: Session) -> Iterator[Blocker]:
    """A cancellation that people have read of is not taken back."""
    for check in _restoring_holds:
        yield from check(session)


def may_restore(session: Session, actor: Actor) -> Iterator[Blocker]:
    """A session that was cancelled is taken back while it is still to come; cancelled after its end, by operations."""
    now = clock.now()
    if session.cancelled_at is None:
        return
    if session.cancelled_at < session.starts_at <= now:
        yield Blocker(
            "begun_meanwhile",
            _("This session was cancelled before the time at which it was to begin."),
            _("If it took place all the same, ask operations to regularise a new one."),
            Turn.OPERATIONS,
        )
    elif session.ends_at <= now and not actor.may(Permission.REGULARISE_SESSIONS):
        yield Blocker(
            "already_ended",
            _("This session has already ended."),
            _("If it took place, ask operations to take the cancellation back."),
            Turn.OPERATIONS,
        )


def is_free_again(name: str, clashes: Sequence[Session]) -> Iterator[Blocker]:
    """Who was put on another session at that time since is not expected on both."""
    if clashes:
        elsewhere = ", ".join(f"{s.ref} ({s.title})" for s in clashes)
        yield Blocker(
            "clash",
            _("%(name)s is already expected at the same time on %(sessions)s.")
            % {"name": name, "sessions": elsewhere},
            _("Take them off there first, or plan a new session with somebody else."),
        )
