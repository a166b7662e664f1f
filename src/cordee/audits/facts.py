"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Code, Fact, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferChanged(Fact):
    """It was said which kinds of action the organisation offers: other indicators apply."""

    subject: ClassVar[str] = "offer_id"
    moves_mission: ClassVar[bool] = False
    offer_id: int
    kinds: list[Code]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDeclared(Fact):
    """Something was declared of an indicator, perhaps in place of what was declared before."""

    subject: ClassVar[str] = "declaration_id"
    moves_mission: ClassVar[bool] = False
    declaration_id: int
    indicator: int
    replaces_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditAsked(Fact):
    """Missions were drawn, or named, for an audit (`drawn`): its file is to be made."""

    subject: ClassVar[str] = "audit_id"
    moves_mission: ClassVar[bool] = False
    audit_id: int
    missions: list[Ref]
    drawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditBuilt(Fact):
    """The file of an audit was made."""

    subject: ClassVar[str] = "audit_id"
    moves_mission: ClassVar[bool] = False
    audit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTaken(Fact):
    """Somebody took the file of an audit."""

    subject: ClassVar[str] = "audit_id"
    moves_mission: ClassVar[bool] = False
    audit_id: int
