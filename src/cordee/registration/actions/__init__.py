"""Opening registration, registering, waiting and being let in."""

from cordee.registration.actions.admitting import admit_by_hand, confirm, move_up
from cordee.registration.actions.asking import ask, leave, remove, walk_in
from cordee.registration.actions.forgetting import erase_person, forget_old
from cordee.registration.actions.opening import close_registration, open_registration

__all__ = [
    "admit_by_hand",
    "ask",
    "close_registration",
    "confirm",
    "erase_person",
    "forget_old",
    "leave",
    "move_up",
    "open_registration",
    "remove",
    "walk_in",
]
