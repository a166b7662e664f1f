"""Keeping what the organisation sells, pays and asks."""

from cordee.catalogue.actions.questionnaires import (
    add_questionnaire,
    change_questionnaire,
    discard_draft,
    move_question,
    publish,
    put_question,
    remove_question,
)
from cordee.catalogue.actions.services import (
    Cell,
    add_fee_schedule,
    add_service_type,
    change_service_type,
    set_rates,
)

__all__ = [
    "Cell",
    "add_fee_schedule",
    "add_questionnaire",
    "add_service_type",
    "change_questionnaire",
    "change_service_type",
    "discard_draft",
    "move_question",
    "publish",
    "put_question",
    "remove_question",
    "set_rates",
]
