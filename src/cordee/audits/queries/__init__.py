"""Reading what proves indicators."""

from cordee.audits.queries.ground import ground, held
from cordee.audits.queries.indicators import declaration, declared, history, indicators, kinds_offered

__all__ = ("declaration", "declared", "ground", "held", "history", "indicators", "kinds_offered")
