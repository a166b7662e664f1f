"""Recording and correcting presence, from paper too; signing for a half-day, countersigning it, opening it again."""

from cordee.attendance.actions.belated import decide_belated, sign_belated
from cordee.attendance.actions.delivery import confirm_delivery, confirm_delivery_on_paper
from cordee.attendance.actions.presence import (
    add_walk_in,
    count_in,
    record_from_paper,
    record_headcount,
    record_presence,
)
from cordee.attendance.actions.signing import Device, Given, countersign, reopen, sign
from cordee.attendance.actions.stay import tell_times

__all__ = [
    "Device",
    "Given",
    "add_walk_in",
    "confirm_delivery",
    "confirm_delivery_on_paper",
    "count_in",
    "countersign",
    "decide_belated",
    "record_from_paper",
    "record_headcount",
    "record_presence",
    "reopen",
    "sign",
    "sign_belated",
    "tell_times",
]
