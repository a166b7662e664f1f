"""What an audit of quality goes by, and how an indicator can stand."""

from cordee.audits.states.referential import (
    CRITERIA,
    REFERENTIALS,
    ActionKind,
    Indicator,
    Referential,
    in_force,
)
from cordee.audits.states.standing import LONGEST_SEED, LONGEST_WORDS, MOST_MISSIONS, SERIES, Standing

__all__ = (
    "CRITERIA",
    "LONGEST_SEED",
    "LONGEST_WORDS",
    "MOST_MISSIONS",
    "REFERENTIALS",
    "SERIES",
    "ActionKind",
    "Indicator",
    "Referential",
    "Standing",
    "in_force",
)
