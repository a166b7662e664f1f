"""Reading what proves indicators."""

from cordee.audits.queries.audits import audit_by_ref, audits, eligible
from cordee.audits.queries.ground import counted, ground, held
from cordee.audits.queries.indicators import declaration, declared, history, indicators, kinds_offered
from cordee.audits.queries.packing import packed
from cordee.audits.queries.packing.sample import masked

__all__ = (
    "audit_by_ref",
    "audits",
    "counted",
    "declaration",
    "declared",
    "eligible",
    "ground",
    "held",
    "history",
    "indicators",
    "kinds_offered",
    "masked",
    "packed",
)
