"""Answers in words, in French or English: for pages and mails alike."""

from cordee.catalogue.states import CHOSEN, Question, QuestionKind
from cordee.surveys.queries.counting import Tally, ranges
from cordee.surveys.rules import Value


def said(question: Question, value: Value, language: str) -> str:
    """Return an answer as it is read."""
    if isinstance(value, list):
        return ", ".join(said(question, one, language) for one in value)
    if question.kind in CHOSEN:
        return next((c.label.said_in(language) for c in question.choices if c.key == value), str(value))
    return str(value)


def rows(tally: Tally, language: str) -> list[tuple[str, int]]:
    """Return the answers to a question with how often each was given; numbers in ranges."""
    question = tally.question
    if question.kind == QuestionKind.NUMBER:
        return [(f"{a}" if a == b else f"{a}–{b}", n) for a, b, n in ranges(tally.counts)]
    if question.kind == QuestionKind.SCALE:
        return [(_step(question, int(step), language), n) for step, n in tally.counts.items()]
    return [(said(question, key, language), n) for key, n in tally.counts.items()]


def _step(question: Question, step: int, language: str) -> str:
    ends = {question.low: question.low_label, question.high: question.high_label}
    meaning = ends[step].said_in(language) if step in ends else ""
    return f"{step} – {meaning}" if meaning else str(step)
