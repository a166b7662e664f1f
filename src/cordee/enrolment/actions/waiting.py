"""Telling the house that lines given by the client wait for the coordinator, or no longer do."""

from collections.abc import Iterator
from contextlib import contextmanager

from cordee.enrolment.facts import ClientRowsWait
from cordee.enrolment.queries.contacts import waiting_from_client
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.planning.models import Session


@contextmanager
def telling_what_waits(session: Session, by: Actor) -> Iterator[None]:
    """Record how many lines of the client wait for a session that is held, if what is done inside changes it."""
    before = _waiting(session)
    yield
    after = _waiting(session)
    if after != before:
        _tell(ClientRowsWait(session_id=session.pk, rows=after), session, by)


def _waiting(session: Session) -> int:
    return waiting_from_client([session.pk]).get(session.pk, 0)


def _tell(fact: ClientRowsWait, session: Session, by: Actor) -> None:
    journal.record(fact, by=by, mission_id=session.mission_id)
