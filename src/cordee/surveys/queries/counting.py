"""From answers to figures. Pure: the same answers, counted now or from what was kept of them, give the same."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cordee.catalogue.states import CHOSEN, WRITTEN, Question, QuestionKind
from cordee.surveys.rules import Value


@dataclass(frozen=True, slots=True)
class Tally:
    """What several people answered to one question."""

    question: Question
    answered: int
    """How many answered it."""
    counts: dict[str, int]
    """How often each answer was given: by choice or step in their order, all of them; by number, ascending."""
    texts: tuple[str, ...] = ()
    """Answers in words; empty once they are forgotten."""

    @property
    def average(self) -> float | None:
        """The average of a scale or of numbers; nothing for other questions, or without answers."""
        if self.question.kind not in {QuestionKind.SCALE, QuestionKind.NUMBER} or not self.answered:
            return None
        return sum(int(number) * n for number, n in self.counts.items()) / self.answered


def tally(question: Question, values: Iterable[Value]) -> Tally:
    """Count the answers to one question."""
    given = list(values)
    if question.kind in WRITTEN:
        return Tally(question, len(given), {}, tuple(str(text) for text in given))
    counted = Counter(str(one) for value in given for one in (value if isinstance(value, list) else [value]))
    return tally_from(question, {"answered": len(given), "counts": counted})


def tally_from(question: Question, kept: Mapping[str, Any]) -> Tally:
    """Return the tally that `stored` was made from, without its texts; an empty one when nothing was kept."""
    counts: Mapping[str, int] = kept.get("counts", {})
    if question.kind in CHOSEN:
        keys = [choice.key for choice in question.choices]
    elif question.kind == QuestionKind.SCALE:
        keys = [str(step) for step in question.steps]
    else:
        keys = sorted(counts, key=int)
    return Tally(question, kept.get("answered", 0), {key: counts.get(key, 0) for key in keys})


def stored(counted: Tally) -> dict[str, Any]:
    """Return a tally as it is kept: figures only."""
    return {"answered": counted.answered, "counts": {key: n for key, n in counted.counts.items() if n}}


def ranges(counts: Mapping[str, int], *, most: int = 8) -> list[tuple[int, int, int]]:
    """Put counted numbers in at most `most` ranges of one width: first number, last number, how many."""
    numbers = {int(number): n for number, n in counts.items()}
    if not numbers:
        return []
    first, last = min(numbers), max(numbers)
    width = -(-(last - first + 1) // most)  # rounded up
    starts = range(first, last + 1, width)
    return [
        (start, start + width - 1, sum(n for number, n in numbers.items() if start <= number < start + width))
        for start in starts
    ]
