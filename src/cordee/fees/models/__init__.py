"""Fee requests with their lines, and what each supplier is owed for them."""

from cordee.fees.models.payables import RECEIVED_LABELS, Payable, PayableLine, ReceivedInvoice, ReceivedVat
from cordee.fees.models.requests import KIND_LABELS, STATUS_LABELS, ExtraRequest, FeeLine, FeeRequest

__all__ = [
    "KIND_LABELS",
    "RECEIVED_LABELS",
    "STATUS_LABELS",
    "ExtraRequest",
    "FeeLine",
    "FeeRequest",
    "Payable",
    "PayableLine",
    "ReceivedInvoice",
    "ReceivedVat",
]
