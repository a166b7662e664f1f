"""What an audit of quality goes by, and how an indicator can stand."""

from cordee.audits.states.referential import (
    CRITERIA,
    REFERENTIALS,
    ActionKind,
    Indicator,
    Referential,
    in_force,
)
from cordee.audits.states.standing import LONGEST_WORDS, Standing

__all__ = (
    "CRITERIA",
    "LONGEST_WORDS",
    "REFERENTIALS",
    "ActionKind",
    "Indicator",
    "Referential",
    "Standing",
    "in_force",
)
