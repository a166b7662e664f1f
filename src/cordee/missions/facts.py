"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact, FieldName, ReasonId


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecorded(Fact):
    subject: ClassVar[str] = "order_id"
    moves_mission: ClassVar[bool] = False
    order_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChanged(Fact):
    """What was agreed was corrected; names which fields."""

    subject: ClassVar[str] = "order_id"
    moves_mission: ClassVar[bool] = True
    order_id: int
    fields: list[FieldName]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAmended(Fact):
    """The number of prestations of a line was changed, with the client,
    for a reason kept on the amendment.
    """

    subject: ClassVar[str] = "order_line_id"
    moves_mission: ClassVar[bool] = True
    order_line_id: int
    amendment_id: int
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionOpened(Fact):
    subject: ClassVar[str] = "mission_id"
    moves_mission: ClassVar[bool] = True
    mission_id: int
    order_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinatorNamed(Fact):
    """A facilitator was put in charge of the mission, in the place of `before_id` if there was one."""

    subject: ClassVar[str] = "mission_id"
    moves_mission: ClassVar[bool] = True
    mission_id: int
    facilitator_id: int
    before_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionClosed(Fact):
    """Everything ordered was delivered and every fee requested: no more change."""

    subject: ClassVar[str] = "mission_id"
    moves_mission: ClassVar[bool] = True
    mission_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionFinished(Fact):
    """What the mission was reopened for is put right: it may close by itself again."""

    subject: ClassVar[str] = "mission_id"
    moves_mission: ClassVar[bool] = True
    mission_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionReopened(Fact):
    subject: ClassVar[str] = "mission_id"
    moves_mission: ClassVar[bool] = True
    mission_id: int
    reason_id: ReasonId
