"""Who comes through a participant's personal link, and what every page behind it needs."""

from dataclasses import dataclass

from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.kernel.actor import Actor, ActorKind
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.web.guest.doors import Key, personal_door


@dataclass(frozen=True, slots=True)
class Arrival:
    """A participant at their own page."""

    token: str
    link_id: int
    person: Enrolment
    session: Session

    @property
    def by(self) -> Actor:
        return Actor(ActorKind.LINK, link_id=self.link_id)

    @property
    def expected(self) -> bool:
        """Tell whether the person is on the list of a session that takes place."""
        return self.person.cancelled_at is None and self.session.status == SessionStatus.PLANNED


def _arrival(key: Key) -> Arrival | None:
    person = enrolment.enrolment(key.subject_id)
    session = planning.session(person.session_id) if person else None
    if person is None or session is None:
        return None
    person.session = session
    return Arrival(key.token, key.link_id, person, session)


own_page = personal_door(
    PARTICIPANT_LINK,
    find=_arrival,
    address=lambda who: who.person.participant.email,
    language=lambda who: who.session.language,
)
"""Opens a page to the participant whose link it is."""
