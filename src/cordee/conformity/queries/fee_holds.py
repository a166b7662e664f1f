"""What holds the payment of fees: the same answer beside each fee and in each batch of payments."""

from collections.abc import Mapping, Sequence

from cordee.conformity.queries.reviews import Hold, coordination_holds, holds, holds_on
from cordee.fees.models import FeeLine
from cordee.organisation.models import Organisation
from cordee.planning.models import Session


class Holds:
    """What holds these fees, read together; `missions`: the mission of each request. What was read already is not
    read again: the organisation, and the sessions with their order.
    """

    def __init__(
        self,
        lines: Sequence[FeeLine],
        missions: Mapping[int, int],
        *,
        organisation: Organisation | None = None,
        sessions: Sequence[Session] = (),
    ) -> None:
        ids = {line.session_id for line in lines if line.session_id is not None and not line.released}
        coordinated = {missions[line.request_id] for line in lines if line.session_id is None}
        self._missions = missions
        known = [session for session in sessions if session.pk in ids]
        self._of_sessions = (
            holds_on(known, organisation) if known else holds(ids, organisation) if ids else {}
        )
        self._of_missions = coordination_holds(coordinated, organisation) if coordinated else {}

    def of(self, line: FeeLine) -> list[Hold]:
        """Return why a fee is not paid yet; nothing where nothing holds it, or where it was taken back."""
        if line.released:
            return []
        if line.session_id is None:
            return self._of_missions.get(self._missions[line.request_id], [])
        hold = self._of_sessions.get(line.session_id)
        return [hold] if hold else []
