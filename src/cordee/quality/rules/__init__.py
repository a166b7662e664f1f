"""Who may complain and who sees to it; who keeps improvements and risks, and when nothing can be measured."""

from cordee.quality.rules.complaints import (
    ComplaintDraft,
    Raiser,
    due_on,
    handles,
    is_about_somebody_else,
    is_not_one_of_many,
    is_not_restricted,
    is_somebody,
    may_decide,
    may_handle,
    may_raise,
    may_read,
    move_is_possible,
    raised_by,
    says_something,
)

__all__ = [
    "ComplaintDraft",
    "Raiser",
    "due_on",
    "handles",
    "is_about_somebody_else",
    "is_not_one_of_many",
    "is_not_restricted",
    "is_somebody",
    "may_decide",
    "may_handle",
    "may_raise",
    "may_read",
    "move_is_possible",
    "raised_by",
    "says_something",
]
