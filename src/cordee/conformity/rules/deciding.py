"""Who may submit a sheet and decide on it, and when."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from django.utils.translation import gettext as _

from cordee.attendance.rules import records
from cordee.conformity.models import SheetReview
from cordee.conformity.rules.findings import Finding
from cordee.conformity.states import MACHINE, Reason
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.missions.models import Mission
from cordee.planning.models import Session
from cordee.planning.queries import is_on_session


def submits(mission: Mission, actor: Actor, is_on_it: Callable[[int], bool]) -> bool:
    """Tell whether the actor submits the sheet of a session: who records its presence, or quality itself."""
    return actor.may(Permission.DECIDE_SHEETS) or records(mission, actor, is_on_it)


def may_submit(session: Session, actor: Actor) -> Iterator[Blocker]:
    """A sheet is submitted by those who run the session, the coordinator, operations, or quality itself."""
    if not submits(session.mission, actor, partial(is_on_session, session.pk)):
        yield Blocker(
            "not_on_session",
            _("Only those who run this session can submit its sheet."),
            _("Ask its facilitator or the coordinator."),
        )


def may_decide(actor: Actor) -> Iterator[Blocker]:
    """Quality accepts and refuses sheets."""
    if not actor.may(Permission.DECIDE_SHEETS):
        yield Blocker("not_quality", _("Only quality decides on sheets."), _("Ask quality."), Turn.QUALITY)


def has_ended(session: Session) -> Iterator[Blocker]:
    """A sheet is complete when the session is over."""
    if session.ends_at > clock.now():
        yield Blocker(
            "session_to_come",
            _("The session is not over yet."),
            _("The sheet can be submitted once it has ended."),
            Turn.TIME,
        )


def can_move(review: SheetReview, move: str) -> Iterator[Blocker]:
    """What was submitted is not submitted again, and what was decided is decided: of two people, the first."""
    if not MACHINE.allows(move, review):
        yield Blocker(
            "already_decided",
            _("This sheet is already at another point: %(state)s.") % {"state": review.get_state_display()},
            _("Load the page again to see by whom and when."),
            Turn.QUALITY,
        )


def is_as_seen(review: SheetReview, seen: str) -> Iterator[Blocker]:
    """Who decides has seen what is decided on: what changed since is looked at first."""
    if seen and seen_of(review) != seen:
        yield Blocker(
            "changed_meanwhile",
            _("This sheet has changed since the page was loaded."),
            _("What you typed is still there: look at the sheet as it is now, then decide."),
            Turn.QUALITY,
        )


def seen_of(review: SheetReview) -> str:
    """Return what a page keeps to tell, when it comes back, whether the sheet is still the one that was looked at."""
    return f"{review.round}-{review.state}"


def nothing_is_wrong(found: Sequence[Finding], note: str, actor: Actor) -> Iterator[Blocker]:
    """Errors are put right first; where they cannot be, quality takes the sheet as it is, and says why."""
    if not (actor.may(Permission.DECIDE_SHEETS) and note.strip()):
        yield from (finding.as_blocker() for finding in found if finding.is_error)


def questions_are_answered(found: Sequence[Finding], note: str) -> Iterator[Blocker]:
    """What may be all right is explained."""
    if not note.strip() and any(not finding.is_error for finding in found):
        yield Blocker(
            "no_note",
            _("There are questions about this sheet."),
            _("Answer them in a few words: quality reads it beside the sheet, and a funder may."),
            field="note",
        )


def errors_are_explained(found: Sequence[Finding], note: str) -> Iterator[Blocker]:
    """A sheet with errors is accepted with a word on why: it stays on record."""
    if not note.strip() and any(finding.is_error for finding in found):
        yield Blocker(
            "no_note",
            _("Something is still wrong with this sheet."),
            _("Refuse it; or say in the note why it is accepted all the same."),
            Turn.QUALITY,
            "note",
        )


def reasons_are_given(reasons: Collection[str], note: str) -> Iterator[Blocker]:
    """Who has to put a sheet right is told what is wrong with it."""
    if not reasons:
        yield Blocker(
            "no_reason",
            _("Choose at least one reason."),
            _("The coordinator and the facilitators read it, with what to do."),
            Turn.QUALITY,
            "reasons",
        )
    elif Reason.OTHER in reasons and not note.strip():
        yield Blocker(
            "no_note",
            _("Say in a few words what is wrong."),
            _("“Something else” alone tells nobody what to do."),
            Turn.QUALITY,
            "note",
        )
