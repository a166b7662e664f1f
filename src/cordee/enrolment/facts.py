"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact, FieldName


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantsEnrolled(Fact):
    """People were put on the list of a session, together."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    enrolment_ids: list[int]
    walk_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentCancelled(Fact):
    """Somebody was taken off the list of a session, or refused: given by the client, and not wanted.
    `own`: they gave up their place themselves.
    """

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    enrolment_id: int
    refused: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantCorrected(Fact):
    """A name or an address was corrected; names which fields. `own`: by the person, on their page."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    enrolment_id: int
    fields: list[FieldName]
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesAsked(Fact):
    """Somebody who lost the links to their pages asked for them by e-mail."""

    subject: ClassVar[str] = "lost_id"
    moves_mission: ClassVar[bool] = False
    lost_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressesGiven(Fact):
    """A list brought the addresses of people who were on the session by name alone."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    enrolment_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantsMoved(Fact):
    """People were moved from one session of a mission to another.

    `replaced_ids`: their places on the new session that had been given up before, and are gone.
    `split_id`: the groups that were made, when it was in one go; `undone` when these were taken back.
    """

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    from_session_id: int
    enrolment_ids: list[int]
    replaced_ids: list[int]
    split_id: int | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAsked(Fact):
    """A contact of the client was asked for the names, and given a page of their own to write them on."""

    subject: ClassVar[str] = "mission_id"
    moves_mission: ClassVar[bool] = False
    mission_id: int
    invitation_id: int
    contact_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLinkUsed(Fact):
    """The contact came to that page, after some time away."""

    subject: ClassVar[str] = "mission_id"
    moves_mission: ClassVar[bool] = False
    mission_id: int
    invitation_id: int
    contact_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLinkRevoked(Fact):
    subject: ClassVar[str] = "mission_id"
    moves_mission: ClassVar[bool] = False
    mission_id: int
    invitation_id: int
    contact_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRowsWait(Fact):
    """Of the lines that the client's contacts gave for a session, so many wait now to be put right."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    rows: int
