"""Putting people on the list of a session, correcting them and taking them off."""

from cordee.enrolment.actions.correcting import correct
from cordee.enrolment.actions.listing import Enrolled, add_walk_in, admit, cancel_enrolment, enrol

__all__ = ["Enrolled", "add_walk_in", "admit", "cancel_enrolment", "correct", "enrol"]
