"""What proves an indicator, and what may be declared of it."""

from cordee.audits.rules.declaring import (
    good_file,
    good_words,
    handles,
    is_an_indicator,
    may_handle,
    offers_something,
    still_stands,
    still_valid,
)
from cordee.audits.rules.drawing import drawn, draws, good_draw, good_list, good_period, may_draw
from cordee.audits.rules.ground import Ground, Part
from cordee.audits.rules.proofs import ALONE, parts_of, proven_by
from cordee.audits.rules.standing import Proven, stand
from cordee.audits.rules.telling import Figure, Missing, Place, Rows

__all__ = (
    "ALONE",
    "Figure",
    "Ground",
    "Missing",
    "Part",
    "Place",
    "Proven",
    "Rows",
    "drawn",
    "draws",
    "good_draw",
    "good_file",
    "good_list",
    "good_period",
    "good_words",
    "handles",
    "is_an_indicator",
    "may_draw",
    "may_handle",
    "offers_something",
    "parts_of",
    "proven_by",
    "stand",
    "still_stands",
    "still_valid",
)
