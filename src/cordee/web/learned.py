"""What people learned, as pages show it: before beside after, with the method."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from cordee.surveys.queries import Figures, Move, NotCompared, Progress, of_questions, per_cent
from cordee.surveys.states import FEWEST_RANKED
from cordee.web.questions import in_words

MOVES: dict[Move, Promise] = {
    Move.PROGRESSED: pgettext_lazy("learning", "progressed"),
    Move.STAYED: pgettext_lazy("learning", "same level"),
    Move.BACK: pgettext_lazy("learning", "lower"),
}
REASONS: dict[NotCompared, Promise] = {
    NotCompared.NOTHING_BEFORE: gettext_lazy("No comparison: the placement questionnaire was not answered."),
    NotCompared.OTHER_QUESTIONS: gettext_lazy(
        "No comparison: other questions were asked before the session."
    ),
    NotCompared.NO_LEVELS: gettext_lazy(
        "No comparison: no question that tells a level was answered both times."
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One question: what was answered before and after."""

    label: str
    before: str
    after: str
    move: Move | None
    words: str


@dataclass(frozen=True, slots=True)
class OfQuestion:
    """What a group learned by one question."""

    label: str
    figures: Figures


def rows(progress: Progress) -> list[Row]:
    """Return the questions of somebody, with what they answered in words."""
    language = get_language() or "fr"
    return [
        Row(
            step.question.label.said_in(language),
            "" if step.before is None else in_words(step.question, step.before),
            "" if step.after is None else in_words(step.question, step.after),
            step.move,
            str(MOVES[step.move]) if step.move else "",
        )
        for step in progress.steps
    ]


def overall(progress: Progress) -> str:
    """Say in a line where somebody stands: from where to where, or where they are and why nothing is compared."""
    if progress.before is not None and progress.after is not None:
        values = {"before": per_cent(progress.before), "after": per_cent(progress.after)}
        return _("%(before)d%% before, %(after)d%% after") % values
    reason = str(REASONS[progress.reason]) if progress.reason else ""
    if progress.level is None:
        return reason
    return _("%(after)d%% at the end.") % {"after": per_cent(progress.level)} + f" {reason}"


def by_question(people: Sequence[Progress]) -> list[OfQuestion]:
    """Return what a group learned question by question."""
    language = get_language() or "fr"
    return [OfQuestion(question.label.said_in(language), found) for question, found in of_questions(people)]


def is_few(figures: Figures) -> bool:
    """Tell whether so few people are compared that nothing is to be concluded, nor ranked."""
    return figures.compared < FEWEST_RANKED


def method() -> str:
    """Say how progress is computed: figures without their method prove nothing."""
    return _(
        "Each person’s answers at the end are compared with their own before the session, to the same version of the "
        "questions. A scale gives its level, from 0% for the first step to 100% for the last; a question with a right "
        "answer gives 100% or 0%; each question counts the same. Answers in words, numbers, and choices of which none "
        "is right stand side by side and count in no figure. Only who was there is asked."
    )
