"""A refusal is help: what is wrong, what to do about it, and whose turn it is."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Turn(StrEnum):
    """Who must act for a blocker to go away."""

    COORDINATOR = "coordinator"
    FACILITATOR = "facilitator"
    OPERATIONS = "operations"
    FINANCE = "finance"
    QUALITY = "quality"
    ADMINISTRATOR = "administrator"
    DISABILITY_OFFICER = "disability_officer"
    PARTICIPANT = "participant"
    TIME = "time"
    """Nobody: it goes away by itself when a date has come."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why something cannot be done now.
    Web, command line and (later) the API show the same one.
    """

    code: str
    message: str
    fix: str = ""
    turn: Turn = Turn.COORDINATOR
    field: str = ""
    """The form field the reason belongs to, when there is one."""
    subject: str = ""
    """The reference of the thing it is about (a session, a line), when there is one; of a question, all that it is
    about: another number makes another question.
    """


type Despite = bool | Collection[str]
"""The questions to which somebody said yes, by their subjects; True is a yes to whatever is asked."""


def unless_answered(question: Blocker, despite: Despite) -> Iterator[Blocker]:
    """Ask, unless the answer is known: a yes to what was so then is none to what is so now."""
    if despite is not True and (not despite or question.subject not in despite):
        yield question


class Refused(Exception):
    """An action was not carried out; nothing was changed."""

    def __init__(self, blockers: Iterable[Blocker]) -> None:
        self.blockers: tuple[Blocker, ...] = tuple(blockers)
        super().__init__(" ".join(b.message for b in self.blockers))


def refuse_if(blockers: Iterable[Blocker]) -> None:
    """Raise `Refused` when there is at least one blocker."""
    found = tuple(blockers)
    if found:
        raise Refused(found)
