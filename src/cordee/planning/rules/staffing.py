"""When facilitators may be put on sessions, and who may set their status."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Despite, Turn, unless_answered
from cordee.missions.rules import can_run
from cordee.network.models import Facilitator
from cordee.planning.models import ASSIGNMENT_LABELS, Assignment, Session
from cordee.planning.states import ASSIGNMENT, MOST_FACILITATORS, AssignmentStatus


def move_is_possible(assignment: Assignment, target: AssignmentStatus) -> Iterator[Blocker]:
    """Only the declared moves between statuses."""
    if target not in ASSIGNMENT.targets(assignment):
        yield Blocker(
            "no_such_move",
            _("The status cannot change from “%(before)s” to “%(after)s”.")
            % {
                "before": ASSIGNMENT_LABELS[AssignmentStatus(assignment.status)],
                "after": ASSIGNMENT_LABELS[target],
            },
            _("Load the page again: somebody may have changed it meanwhile."),
        )


class Placed(Protocol):
    """A place on a session, whole or as a page lists it."""

    @property
    def session(self) -> Session: ...

    @property
    def facilitator_id(self) -> int: ...

    @property
    def status(self) -> str: ...


def may_set_status(assignment: Placed, target: AssignmentStatus, actor: Actor) -> Iterator[Blocker]:
    """Facilitators answer for themselves; the coordinator and operations may set any status."""
    session = assignment.session
    if can_run(session.mission, actor):
        ended = session.ends_at <= clock.now()
        leaves = assignment.status == AssignmentStatus.CONFIRMED and target == AssignmentStatus.WITHDRAWN
        if ended and leaves and not actor.may(Permission.REGULARISE_SESSIONS):
            yield Blocker(
                "already_ended",
                _("The session has ended: who ran it is on record."),
                _("If it was somebody else, ask operations to correct it."),
                Turn.OPERATIONS,
            )
        return
    own = actor.facilitator_id == assignment.facilitator_id
    if not own or target not in {AssignmentStatus.CONFIRMED, AssignmentStatus.DECLINED}:
        yield Blocker(
            "not_yours",
            _("This request was made to somebody else."),
            _("Ask the coordinator."),
        )
    elif assignment.status == AssignmentStatus.WITHDRAWN:
        yield Blocker(
            "taken_back",
            _("This request was taken back."),
            _("Ask the coordinator, if you can run it after all."),
            Turn.COORDINATOR,
        )
    elif session.starts_at <= clock.now():
        yield Blocker(
            "too_late",
            _("The session has already started: it is too late to answer."),
            _("Tell the coordinator."),
        )


def not_too_many_on_it(count: int) -> Iterator[Blocker]:
    """The sheet has room for four signatures of facilitators."""
    if count >= MOST_FACILITATORS:
        yield Blocker(
            "too_many_facilitators",
            _("A session takes at most %(most)d facilitators.") % {"most": MOST_FACILITATORS},
            _("Plan a parallel session."),
            field="facilitator",
        )


def no_clash(
    facilitator: Facilitator, clashes: Sequence[Session], *, despite: Despite = False
) -> Iterator[Blocker]:
    """Somebody already expected elsewhere at that time is put on only knowingly."""
    if clashes:
        elsewhere = ", ".join(f"{s.ref} ({s.title})" for s in clashes)
        question = Blocker(
            "clash",
            _("%(name)s is already expected at the same time on %(sessions)s.")
            % {"name": facilitator.full_name, "sessions": elsewhere},
            _("Choose somebody else, or tick “put on anyway” if both are possible."),
            field="despite_clash",
            subject=clash_of(facilitator.pk, clashes),
        )
        yield from unless_answered(question, despite)


def clash_of(facilitator_id: int, clashes: Sequence[Session]) -> str:
    """Return what the question of a clash is about: who, and where they are expected."""
    return f"{facilitator_id}:{','.join(session.ref for session in clashes)}"
