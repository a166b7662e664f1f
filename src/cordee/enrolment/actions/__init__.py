"""Putting people on the list of a session, in groups, correcting them, moving them and taking them off."""

from cordee.enrolment.actions.correcting import correct
from cordee.enrolment.actions.listing import (
    Enrolled,
    add_walk_in,
    admit,
    cancel_enrolment,
    enrol,
    enrol_smallest,
)
from cordee.enrolment.actions.moving import move, split, undo_split
from cordee.enrolment.actions.own import ask_for_pages, correct_own_name
from cordee.enrolment.actions.rows import (
    change_row,
    drop_rows,
    enrol_rows,
    keep_rows,
    take_as_it_is,
    take_proposals,
)

__all__ = [
    "Enrolled",
    "add_walk_in",
    "admit",
    "ask_for_pages",
    "cancel_enrolment",
    "change_row",
    "correct",
    "correct_own_name",
    "drop_rows",
    "enrol",
    "enrol_rows",
    "enrol_smallest",
    "keep_rows",
    "move",
    "split",
    "take_as_it_is",
    "take_proposals",
    "undo_split",
]
