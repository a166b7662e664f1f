"""Who may be put on the list of a session, moved to another, and how people are put in groups."""

from cordee.enrolment.rules.lists import (
    Person,
    address_is_free,
    fits_the_room,
    is_somebody,
    list_is_open,
    may_add_walk_in,
    not_too_many,
    row_is_gone,
)
from cordee.enrolment.rules.moving import (
    can_be_undone,
    leaves_nothing_behind,
    may_leave,
    may_take,
    not_there_already,
    on_list,
    same_service,
    somebody_moves,
)
from cordee.enrolment.rules.own import has_a_name, is_on_list
from cordee.enrolment.rules.splitting import Method, Placement, fits, place, smallest
from cordee.enrolment.rules.wishes import Group, Member, Wishes, can_be_met

__all__ = [
    "Group",
    "Member",
    "Method",
    "Person",
    "Placement",
    "Wishes",
    "address_is_free",
    "can_be_met",
    "can_be_undone",
    "fits",
    "fits_the_room",
    "has_a_name",
    "is_on_list",
    "is_somebody",
    "leaves_nothing_behind",
    "list_is_open",
    "may_add_walk_in",
    "may_leave",
    "may_take",
    "not_there_already",
    "not_too_many",
    "on_list",
    "place",
    "row_is_gone",
    "same_service",
    "smallest",
    "somebody_moves",
]
