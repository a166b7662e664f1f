"""Kinds of service, and what facilitators are paid for."""

from enum import StrEnum


class ServiceKind(StrEnum):
    WORKSHOP = "workshop"
    TRAINING = "training"


class PaidRole(StrEnum):
    """What a fee is for."""

    FACILITATION = "facilitation"
    """One facilitator on one session."""
    COORDINATION = "coordination"
    """The coordinator, per prestation delivered, at closure."""
