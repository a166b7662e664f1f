"""Setting a page aside, taking it up again, opening a confirmed one to correct it."""

from django.db import transaction

from cordee.deposits import rules
from cordee.deposits.actions.holding import held
from cordee.deposits.facts import SheetPageReopened, SheetPageSetAside
from cordee.deposits.models import DepositedPage
from cordee.deposits.states import PAGE
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if


@transaction.atomic
def set_aside(*, page_id: int, by: Actor) -> None:
    """Say that a page is not needed: no sheet, or a worse picture of one that is there. Raises Refused."""
    page = _moved(page_id, "set_aside", by)
    page.save(update_fields=["state"])
    _tell_aside(page, by, back=False)


@transaction.atomic
def take_up(*, page_id: int, by: Actor) -> None:
    """Take up again a page that was set aside. Raises Refused."""
    page = _moved(page_id, "take_up", by)
    if not page.boxes.exists():
        PAGE.move(page, "give_up")  # nothing was read on it: it is filed by hand
    page.save(update_fields=["state"])
    _tell_aside(page, by, back=True)


@transaction.atomic
def reopen(*, page_id: int, by: Actor) -> None:
    """Open a confirmed page again. What was confirmed stays on record, and presence as it is until it is confirmed
    anew. Raises Refused.
    """
    page = _moved(page_id, "reopen", by)
    page.round += 1
    page.save(update_fields=["state", "round"])
    session = page.session
    if session is None:
        raise ValueError("a confirmed page has a session")
    fact = SheetPageReopened(session_id=session.pk, page_id=page.pk)
    journal.record(fact, by=by, mission_id=session.mission_id)


def _moved(page_id: int, move: str, by: Actor) -> DepositedPage:
    page = held(page_id)
    refuse_if(rules.may_settle(page, by))
    refuse_if(rules.move_is_possible(page, move))
    PAGE.move(page, move)
    return page


def _tell_aside(page: DepositedPage, by: Actor, *, back: bool) -> None:
    mission_id = page.session.mission_id if page.session else page.file.deposit.mission_id
    fact = SheetPageSetAside(page_id=page.pk, session_id=page.session_id, back=back)
    journal.record(fact, by=by, mission_id=mission_id)
