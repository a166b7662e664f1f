"""When people may be moved from one session to another."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.kernel.refusals import Blocker
from cordee.planning.models import Session
from cordee.planning.rules import is_planned


def may_take(target: Session) -> Iterator[Blocker]:
    """People are moved to a session that will take place, before it begins."""
    yield from is_planned(target)
    if target.starts_at <= clock.now():
        yield Blocker(
            "already_started",
            _("%(session)s has begun: nobody can be moved to it.") % {"session": target.title},
            _("Add who comes to it on the spot, beside presence."),
            subject=target.ref,
        )


def may_leave(source: Session) -> Iterator[Blocker]:
    """Who was on a session that has begun stays on its list: presence and signatures belong there."""
    if source.starts_at <= clock.now():
        yield Blocker(
            "already_begun",
            _("%(session)s has begun: who is on its list stays there.") % {"session": source.title},
            _("Record who was absent, and add them on the spot where they came."),
            subject=source.ref,
        )


def same_service(source: Session, target: Session) -> Iterator[Blocker]:
    """People are moved within what was ordered for them."""
    if (source.mission_id, source.line_id) != (target.mission_id, target.line_id):
        yield Blocker(
            "other_service",
            _("%(target)s is not the same service as %(source)s.")
            % {"target": target.title, "source": source.title},
            _("Take them off the one list and enrol them on the other."),
            subject=target.ref,
        )


def on_list(enrolment: Enrolment) -> Iterator[Blocker]:
    if enrolment.cancelled_at is not None:
        yield Blocker(
            "not_on_list",
            _("%(name)s is no longer on the list.") % {"name": enrolment.participant.full_name},
            _("Load the page again: somebody changed it meanwhile."),
        )


def not_there_already(names: Sequence[str], target: Session) -> Iterator[Blocker]:
    """Somebody who is on both lists is taken off one of them, not moved."""
    for name in names:
        yield Blocker(
            "on_list_already",
            _("%(name)s is on the list of %(session)s already.") % {"name": name, "session": target.title},
            _("Take them off one of the two lists."),
            subject=target.ref,
        )


def leaves_nothing_behind(names: Sequence[str], target: Session) -> Iterator[Blocker]:
    """What hangs on a place that was given up before is not lost by being moved back to it."""
    for name in names:
        yield Blocker(
            "kept_on_record",
            _("%(name)s was on %(session)s before, and something of that time stays on record.")
            % {"name": name, "session": target.title},
            _("Enrol them on it again, and take them off the other."),
            subject=target.ref,
        )


def somebody_moves(count: int) -> Iterator[Blocker]:
    if not count:
        yield Blocker(
            "nobody_moves",
            _("Everybody is there already: nothing was changed."),
            _("Choose other groups, or move somebody by hand."),
        )


def can_be_undone(*, undone: bool, told: bool, latest: bool) -> Iterator[Blocker]:
    """Groups are undone as long as nobody has read about them, the last ones first."""
    if undone:
        yield Blocker("undone_already", _("This was undone already."))
    elif told:
        yield Blocker(
            "already_told",
            _("Mails about these groups have left: people know where to go."),
            _("Move people one by one, or make groups again: those concerned are told of the change."),
        )
    elif not latest:
        yield Blocker(
            "not_the_last",
            _("Other groups were made since."),
            _("Undo those first."),
        )
