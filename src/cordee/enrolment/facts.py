"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantsEnrolled(Fact):
    """People were put on the list of a session, together."""

    subject: ClassVar[str] = "session_id"
    session_id: int
    enrolment_ids: list[int]
    walk_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentCancelled(Fact):
    subject: ClassVar[str] = "session_id"
    session_id: int
    enrolment_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantCorrected(Fact):
    """A name or an address was corrected; names which fields."""

    subject: ClassVar[str] = "session_id"
    session_id: int
    enrolment_id: int
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressesGiven(Fact):
    """A list brought the addresses of people who were on the session by name alone."""

    subject: ClassVar[str] = "session_id"
    session_id: int
    enrolment_ids: list[int]
