"""Putting people on the list of a session, in groups, correcting them, moving them and taking them off."""

from cordee.enrolment.actions.contacts import ask_contact, follow_contact, note_visit, refuse, revoke_link
from cordee.enrolment.actions.correcting import correct
from cordee.enrolment.actions.erasing import erase_person
from cordee.enrolment.actions.forgetting import forget_old_lists
from cordee.enrolment.actions.giving import (
    GivenList,
    Wish,
    change_given,
    change_waiting,
    drop_waiting,
    give_list,
    give_person,
    put_back,
    take_off,
)
from cordee.enrolment.actions.listing import (
    add_walk_in,
    admit,
    cancel_enrolment,
    enrol,
    enrol_smallest,
)
from cordee.enrolment.actions.moving import move, split, undo_split
from cordee.enrolment.actions.outcomes import Enrolled, Outcome
from cordee.enrolment.actions.own import ask_for_pages, correct_own_name, give_up_place
from cordee.enrolment.actions.rows import (
    change_row,
    drop_rows,
    enrol_list,
    enrol_rows,
    keep_rows,
    take_as_it_is,
    take_proposals,
)

__all__ = [
    "Enrolled",
    "GivenList",
    "Outcome",
    "Wish",
    "add_walk_in",
    "admit",
    "ask_contact",
    "ask_for_pages",
    "cancel_enrolment",
    "change_given",
    "change_row",
    "change_waiting",
    "correct",
    "correct_own_name",
    "drop_rows",
    "drop_waiting",
    "enrol",
    "enrol_list",
    "enrol_rows",
    "enrol_smallest",
    "erase_person",
    "follow_contact",
    "forget_old_lists",
    "give_list",
    "give_person",
    "give_up_place",
    "keep_rows",
    "move",
    "note_visit",
    "put_back",
    "refuse",
    "revoke_link",
    "split",
    "take_as_it_is",
    "take_off",
    "take_proposals",
    "undo_split",
]
