"""What this room can say happened. Of a confidential complaint nothing is recorded on a mission: timelines that
others read do not tell that there is one.
"""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Code, Fact, IsoTime


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintReceived(Fact):
    """Somebody complained, or told of an incident or a difficulty; `session_id` when it is about a session
    and not confidential.
    """

    subject: ClassVar[str] = "complaint_id"
    moves_mission: ClassVar[bool] = False
    complaint_id: int
    kind: Code
    session_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintTaken(Fact):
    """Somebody of quality took it, perhaps over from a colleague (`before_user_id`)."""

    subject: ClassVar[str] = "complaint_id"
    moves_mission: ClassVar[bool] = False
    complaint_id: int
    before_user_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintSpokenOf(Fact):
    """Something was said of it: by who raised it, to them, or as a note (`direction`)."""

    subject: ClassVar[str] = "complaint_id"
    moves_mission: ClassVar[bool] = False
    complaint_id: int
    exchange_id: int
    direction: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintDecided(Fact):
    """Quality decided; what it told who raised it is with the decision."""

    subject: ClassVar[str] = "complaint_id"
    moves_mission: ClassVar[bool] = False
    complaint_id: int
    decision_id: int
    kind: Code
    session_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintReopened(Fact):
    """It was decided too early; why is a note among the exchanges."""

    subject: ClassVar[str] = "complaint_id"
    moves_mission: ClassVar[bool] = False
    complaint_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRestricted(Fact):
    """It turned out to be about how a person behaved: from now on few read it."""

    subject: ClassVar[str] = "complaint_id"
    moves_mission: ClassVar[bool] = False
    complaint_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintLate(Fact):
    """Its day has gone by without a decision."""

    subject: ClassVar[str] = "complaint_id"
    moves_mission: ClassVar[bool] = False
    complaint_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintWordsErased(Fact):
    """What was said of it was erased, its time being over."""

    subject: ClassVar[str] = "complaint_id"
    moves_mission: ClassVar[bool] = False
    complaint_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementOpened(Fact):
    """Something is to become better; what it comes from is not said here: it may be confidential."""

    subject: ClassVar[str] = "improvement_id"
    moves_mission: ClassVar[bool] = False
    improvement_id: int
    owner_user_id: int
    due_on: IsoTime


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementReplanned(Fact):
    """Somebody else is to do it, or by another day."""

    subject: ClassVar[str] = "improvement_id"
    moves_mission: ClassVar[bool] = False
    improvement_id: int
    owner_user_id: int
    due_on: IsoTime


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementDone(Fact):
    """It was done; its effect shows later."""

    subject: ClassVar[str] = "improvement_id"
    moves_mission: ClassVar[bool] = False
    improvement_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementMeasured(Fact):
    """Whether it had an effect is known (`effect`); the figures stand on the improvement, and change no more."""

    subject: ClassVar[str] = "improvement_id"
    moves_mission: ClassVar[bool] = False
    improvement_id: int
    effect: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementGivenUp(Fact):
    """It will not be done, or not be measured; why stands on it."""

    subject: ClassVar[str] = "improvement_id"
    moves_mission: ClassVar[bool] = False
    improvement_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeImproved(Fact):
    """A version of the programme of a service came of it; or does not, after all (`withdrawn`)."""

    subject: ClassVar[str] = "improvement_id"
    moves_mission: ClassVar[bool] = False
    improvement_id: int
    service_type_id: int
    number: int
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRecorded(Fact):
    """A risk was judged for the first time."""

    subject: ClassVar[str] = "risk_id"
    moves_mission: ClassVar[bool] = False
    risk_id: int
    likelihood: int
    gravity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskReviewed(Fact):
    """It was judged anew, perhaps as before."""

    subject: ClassVar[str] = "risk_id"
    moves_mission: ClassVar[bool] = False
    risk_id: int
    likelihood: int
    gravity: int
    before_likelihood: int
    before_gravity: int
