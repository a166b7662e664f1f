"""Receiving and deciding complaints; improving, and watching risks."""

from cordee.quality.actions.complaints import (
    add,
    answer,
    decide,
    erase_old_words,
    erase_person,
    receive,
    remind_late,
    reopen,
    restrict,
    take,
)
from cordee.quality.actions.improving import give_up, judge, mark_done, measure, open_improvement, replan
from cordee.quality.actions.programmes import say_what_brought
from cordee.quality.actions.risks import record_risk, review_risk

__all__ = [
    "add",
    "answer",
    "decide",
    "erase_old_words",
    "erase_person",
    "give_up",
    "judge",
    "mark_done",
    "measure",
    "open_improvement",
    "receive",
    "record_risk",
    "remind_late",
    "reopen",
    "replan",
    "restrict",
    "review_risk",
    "say_what_brought",
    "take",
]
