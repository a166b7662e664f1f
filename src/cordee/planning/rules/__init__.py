"""When sessions may be planned, changed, cancelled and staffed."""

from cordee.planning.rules.sessions import (
    Hold,
    SessionDraft,
    TimesHold,
    fits_the_order,
    half_days_make_sense,
    hold,
    hold_times,
    is_planned,
    is_within_planning,
    may_be_undone,
    may_cancel,
    not_too_many_at_once,
    place_is_known,
    starts_in_the_future,
    times_may_change,
)
from cordee.planning.rules.staffing import (
    may_set_status,
    move_is_possible,
    no_clash,
    not_too_many_on_it,
)

__all__ = [
    "Hold",
    "SessionDraft",
    "TimesHold",
    "fits_the_order",
    "half_days_make_sense",
    "hold",
    "hold_times",
    "is_planned",
    "is_within_planning",
    "may_be_undone",
    "may_cancel",
    "may_set_status",
    "move_is_possible",
    "no_clash",
    "not_too_many_at_once",
    "not_too_many_on_it",
    "place_is_known",
    "starts_in_the_future",
    "times_may_change",
]
