"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact, FieldName, IsoTime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTypeAdded(Fact):
    subject: ClassVar[str] = "service_type_id"
    moves_mission: ClassVar[bool] = False
    service_type_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTypeChanged(Fact):
    subject: ClassVar[str] = "service_type_id"
    moves_mission: ClassVar[bool] = False
    service_type_id: int
    fields: list[FieldName]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeScheduleAdded(Fact):
    subject: ClassVar[str] = "fee_schedule_id"
    moves_mission: ClassVar[bool] = False
    fee_schedule_id: int
    valid_from: IsoTime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRatesChanged(Fact):
    subject: ClassVar[str] = "fee_schedule_id"
    moves_mission: ClassVar[bool] = False
    fee_schedule_id: int
    rates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireAdded(Fact):
    subject: ClassVar[str] = "questionnaire_id"
    moves_mission: ClassVar[bool] = False
    questionnaire_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireChanged(Fact):
    """Its name, its introduction or the questions of its draft."""

    subject: ClassVar[str] = "questionnaire_id"
    moves_mission: ClassVar[bool] = False
    questionnaire_id: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnairePublished(Fact):
    """The draft became the version that is asked from now on."""

    subject: ClassVar[str] = "questionnaire_id"
    moves_mission: ClassVar[bool] = False
    questionnaire_id: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireDraftDiscarded(Fact):
    """The draft was thrown away, and the questionnaire with it if it had never been published."""

    subject: ClassVar[str] = "questionnaire_id"
    moves_mission: ClassVar[bool] = False
    questionnaire_id: int
    number: int
