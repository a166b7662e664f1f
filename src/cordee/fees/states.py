"""The life of a fee request, and of an invoice that a supplier gives."""

from enum import StrEnum

from cordee.kernel.states import Machine, Move


class RequestStatus(StrEnum):
    SENT = "sent"
    APPROVED = "approved"
    RETURNED = "returned"
    VOIDED = "voided"
    """A coordination fee whose mission was reopened before finance approved it."""


class RequestKind(StrEnum):
    FACILITATION = "facilitation"
    COORDINATION = "coordination"


MACHINE = Machine(
    field="status",
    initial=RequestStatus.SENT,
    moves=(
        Move("approve", frozenset({RequestStatus.SENT}), RequestStatus.APPROVED),
        Move("return", frozenset({RequestStatus.SENT}), RequestStatus.RETURNED),
        Move("void", frozenset({RequestStatus.SENT}), RequestStatus.VOIDED),
    ),
    final=frozenset({RequestStatus.APPROVED, RequestStatus.RETURNED, RequestStatus.VOIDED}),
)
LIVE = frozenset({RequestStatus.SENT, RequestStatus.APPROVED})
"""A request that stands: sent and not returned."""


class ReceivedState(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"


RECEIVED_MACHINE = Machine(
    initial=ReceivedState.RECEIVED,
    moves=(
        Move("accept", frozenset({ReceivedState.RECEIVED}), ReceivedState.ACCEPTED),
        Move("return", frozenset({ReceivedState.RECEIVED}), ReceivedState.RETURNED),
    ),
    final=frozenset({ReceivedState.ACCEPTED, ReceivedState.RETURNED}),
)


class Difference(StrEnum):
    """What differs between a supplier's invoice and what is due."""

    AMOUNT = "amount"
    VAT = "vat"
    SUPPLIER = "supplier"
    IBAN = "iban"
    BUYER = "buyer"
    CURRENCY = "currency"
    LINES = "lines"
    FILE = "file"
    """What was typed is not what the file says of itself."""
