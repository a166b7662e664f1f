"""What this room can say happened. Of numbers and papers nothing is ever in the journal but that they changed, or that
somebody looked.
"""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Code, Fact, FieldName, IsoTime, ReasonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierRegistered(Fact):
    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    kind: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierChanged(Fact):
    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    fields: list[FieldName]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierChosen(Fact):
    """From this day on a facilitator bills through this supplier."""

    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    facilitator_id: int
    since: IsoTime


@dataclass(frozen=True, slots=True, kw_only=True)
class VatRegimeSet(Fact):
    """From this day on this VAT rule applies to what the supplier invoices; to one service type, or all others."""

    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    service_type_id: int | None
    rule: Code
    since: IsoTime


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateCodeAsked(Fact):
    """A code was asked for, with which the mandate is signed; it leaves by mail."""

    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    signing_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateSigned(Fact):
    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    mandate_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRevoked(Fact):
    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    mandate_id: int
    reason_id: ReasonId


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountProposed(Fact):
    """A new bank account was typed in; it waits for its confirmation by mail."""

    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountConfirmed(Fact):
    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    account_id: int
    usable_from: IsoTime
    first: bool
    """The supplier had no other one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountWithdrawn(Fact):
    """A proposed account was given up; `by_mail` when who got the mail said that it is not theirs."""

    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    account_id: int
    by_mail: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountShown(Fact):
    """Somebody looked at a whole bank account number."""

    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGiven(Fact):
    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    paper_id: int
    kind: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperShown(Fact):
    """Somebody opened a legal paper."""

    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    paper_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierClosed(Fact):
    """Nothing is billed in its name any more; what was invoiced is paid all the same."""

    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
    reason_id: ReasonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierReopened(Fact):
    subject: ClassVar[str] = "supplier_id"
    moves_mission: ClassVar[bool] = False
    supplier_id: int
