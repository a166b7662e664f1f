"""What stands around the rows that the client's contact gives."""

from collections.abc import Iterable

from cordee.enrolment.queries.lists import told_about
from cordee.enrolment.queries.people import known_among
from cordee.enrolment.rules.giving import Around
from cordee.enrolment.rules.identity import Crowd
from cordee.lists.results import Row
from cordee.planning.models import Session


def around(session: Session, rows: Iterable[Row]) -> Around:
    """Return what stands around these rows: one query, and one more for each thousand of them.

    The session is read with its mission and order.
    """
    everybody = told_about(session.pk)
    client_id = session.mission.order.client_id
    return Around(
        left=max(0, session.capacity - sum(e.cancelled_at is None for e in everybody)),
        crowd=Crowd(known_among(everybody, client_id, [row.email for row in rows])),
        refused={
            e.participant_id: e.refused_because for e in everybody if e.cancelled_at and e.refused_because
        },
    )
