"""What somebody learned, by what they answered at the start and at the end; and the figures of many of them.

A scale gives its level, a question with a right answer 1 or 0, each as a part of the whole, so that every question
counts the same. Answers in words, numbers, and choices of which none is right give no figure: they are shown side by
side.
Levels are fractions: what is added up is exact, whatever the order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self

from cordee.catalogue.states import CHOSEN, Question, QuestionKind
from cordee.surveys.rules import Value

_WHOLE = 100
_EXACT = ("before", "after")


class Move(StrEnum):
    """Where somebody is at the end, beside where they were at the start."""

    PROGRESSED = "progressed"
    STAYED = "stayed"
    BACK = "back"


class Basis(StrEnum):
    """Who says at which level somebody is: they themselves (scales), right answers, or both."""

    SELF = "self"
    RIGHT = "right"
    BOTH = "both"


class NotCompared(StrEnum):
    """Why two answers are not compared."""

    NOTHING_BEFORE = "nothing_before"
    OTHER_QUESTIONS = "other_questions"
    NO_LEVELS = "no_levels"


@dataclass(frozen=True, slots=True)
class Step:
    """One question: what was answered to it before and after, and at which level, from 0 to 1."""

    question: Question
    before: Value | None
    after: Value | None
    level_before: Fraction | None
    level_after: Fraction | None

    @property
    def move(self) -> Move | None:
        if self.level_before is None or self.level_after is None:
            return None
        return _move(self.level_before, self.level_after)


@dataclass(frozen=True, slots=True)
class Progress:
    """What one person learned; `level` is where they are at the end, by all questions that have levels."""

    steps: tuple[Step, ...]
    level: Fraction | None
    before: Fraction | None = None
    after: Fraction | None = None
    """By the questions that were answered both times; nothing where nothing is compared."""
    reason: NotCompared | None = None

    @property
    def move(self) -> Move | None:
        return _move(self.before, self.after) if self.before is not None and self.after is not None else None

    @property
    def basis(self) -> Basis | None:
        """What the level is made of: where two are compared, of the questions that were answered both times."""
        counted = [s for s in self.steps if (s.move if self.move else s.level_after is not None)]
        scales = {step.question.kind == QuestionKind.SCALE for step in counted}
        if len(scales) > 1:
            return Basis.BOTH
        return {True: Basis.SELF, False: Basis.RIGHT}[scales.pop()] if scales else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a group learned: of those who gave the check, how many can be compared, and how they moved."""

    given: int = 0
    compared: int = 0
    progressed: int = 0
    stayed: int = 0
    back: int = 0
    before: Fraction = Fraction(0)
    after: Fraction = Fraction(0)
    """Added up over those compared."""

    def __add__(self, other: Self) -> "Figures":
        names = self.__slots__
        return Figures(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def mean_before(self) -> int | None:
        """The mean of those compared, in per cent of the highest level."""
        return per_cent(self.before / self.compared) if self.compared else None

    @property
    def mean_after(self) -> int | None:
        return per_cent(self.after / self.compared) if self.compared else None

    def as_json(self) -> dict[str, Any]:
        """Return the same as it is kept: fractions as text."""
        return {name: str(getattr(self, name)) for name in self.__slots__}

    @classmethod
    def from_json(cls, kept: Mapping[str, str]) -> "Figures":
        counts = {name: int(value) for name, value in kept.items() if name not in _EXACT}
        return Figures(**counts, before=Fraction(kept["before"]), after=Fraction(kept["after"]))


def per_cent(level: Fraction) -> int:
    """Return a level in per cent, halves up: people and papers read the same figure."""
    return int(level * _WHOLE + Fraction(1, 2))


def level_of(question: Question, value: Value | None) -> Fraction | None:
    """Return at which level an answer is, from 0 to 1; nothing where the question tells none, or has no answer."""
    if value is None:
        return None
    if question.kind == QuestionKind.SCALE and isinstance(value, int):
        steps = question.steps
        return Fraction(value - steps[0], len(steps) - 1) if len(steps) > 1 else None
    right = {choice.key for choice in question.choices if choice.right}
    if question.kind not in CHOSEN or not right:
        return None
    chosen = set(value) if isinstance(value, list) else {value}
    # Of several right answers to a question that takes one, any will do; where several are taken, all and no other.
    is_right = chosen == right if question.kind == QuestionKind.SEVERAL else chosen <= right
    return Fraction(is_right)


def progress_of(
    asked: Iterable[Question],
    after: Mapping[str, Value],
    before: Mapping[str, Value] | None,
    *,
    same_questions: bool = True,
) -> Progress:
    """Return what somebody learned by their answers to the check and to what they were asked at the start."""
    known = (before or {}) if same_questions else {}
    steps = tuple(_step(question, known.get(question.key), after.get(question.key)) for question in asked)
    level = _mean([step.level_after for step in steps if step.level_after is not None])
    if before is None:
        return Progress(steps, level, reason=NotCompared.NOTHING_BEFORE)
    if not same_questions:
        return Progress(steps, level, reason=NotCompared.OTHER_QUESTIONS)
    both = [(s.level_before, s.level_after) for s in steps if s.move]
    if not both:
        return Progress(steps, level, reason=NotCompared.NO_LEVELS)
    return Progress(
        steps,
        level,
        before=_mean([one for one, _two in both if one is not None]),
        after=_mean([two for _one, two in both if two is not None]),
    )


def figures_of(people: Iterable[Progress]) -> Figures:
    """Add up what people learned."""
    total = Figures()
    for person in people:
        total += _figures(person)
    return total


def _figures(person: Progress) -> Figures:
    if person.before is None or person.after is None:
        return Figures(given=1)
    move = _move(person.before, person.after)
    return Figures(
        given=1,
        compared=1,
        progressed=int(move == Move.PROGRESSED),
        stayed=int(move == Move.STAYED),
        back=int(move == Move.BACK),
        before=person.before,
        after=person.after,
    )


def of_questions(people: Iterable[Progress]) -> list[tuple[Question, Figures]]:
    """Return the same question by question, those that tell a level, in the order they are asked."""
    found: dict[Question, Figures] = {}
    for person in people:
        for step in person.steps:
            if step.level_before is not None and step.level_after is not None:
                one = Progress((), None, before=step.level_before, after=step.level_after)
                found[step.question] = found.get(step.question, Figures()) + _figures(one)
    return list(found.items())


def _step(question: Question, before: Value | None, after: Value | None) -> Step:
    return Step(question, before, after, level_of(question, before), level_of(question, after))


def _move(before: Fraction, after: Fraction) -> Move:
    if after == before:
        return Move.STAYED
    return Move.PROGRESSED if after > before else Move.BACK


def _mean(levels: list[Fraction]) -> Fraction | None:
    return sum(levels, Fraction(0)) / len(levels) if levels else None
