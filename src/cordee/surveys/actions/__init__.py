"""Asking, answering, counting what was answered, and forgetting it in time."""

from cordee.surveys.actions.answering import answer, forget, forget_old, give_check
from cordee.surveys.actions.asking import (
    ask_cold_due,
    ask_contact,
    ask_facilitators,
    ask_one,
    ask_participants,
)
from cordee.surveys.actions.closing import close_due, forget_names, forget_person
from cordee.surveys.actions.comments import mask, tag
from cordee.surveys.actions.responding import respond

__all__ = [
    "answer",
    "ask_cold_due",
    "ask_contact",
    "ask_facilitators",
    "ask_one",
    "ask_participants",
    "close_due",
    "forget",
    "forget_names",
    "forget_old",
    "forget_person",
    "give_check",
    "mask",
    "respond",
    "tag",
]
