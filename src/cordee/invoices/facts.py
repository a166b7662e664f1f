"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Code, Fact, ReasonId, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceIssued(Fact):
    """An invoice, or a corrective one, was issued in a supplier's name."""

    subject: ClassVar[str] = "invoice_id"
    moves_mission: ClassVar[bool] = False
    invoice_id: int
    number: Ref
    kind: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceAccepted(Fact):
    """An invoice stands: its supplier said so, or said nothing in time, or what was contested turned out right."""

    subject: ClassVar[str] = "invoice_id"
    moves_mission: ClassVar[bool] = False
    invoice_id: int
    number: Ref
    how: Code
    """`states.Acceptance`."""
    reason_id: ReasonId | None = None
    """Why what was contested turned out to be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceContested(Fact):
    """A supplier contested lines of an invoice: how many. Its words stand with the lines."""

    subject: ClassVar[str] = "invoice_id"
    moves_mission: ClassVar[bool] = False
    invoice_id: int
    number: Ref
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCredited(Fact):
    """A credit note takes an invoice back."""

    subject: ClassVar[str] = "invoice_id"
    moves_mission: ClassVar[bool] = False
    invoice_id: int
    number: Ref
    credit_note_id: int
    credit_note: Ref
    upheld: bool
    """Its supplier had contested it."""
    reason_id: ReasonId


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceHandedOver(Fact):
    """An invoice was handed over to the approved platform."""

    subject: ClassVar[str] = "invoice_id"
    moves_mission: ClassVar[bool] = False
    invoice_id: int
    number: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceStatusTold(Fact):
    """The platform told what became of an invoice, by a code of the reform."""

    subject: ClassVar[str] = "invoice_id"
    moves_mission: ClassVar[bool] = False
    invoice_id: int
    number: Ref
    code: Code
