"""Who keeps improvements and risks, what is wrong with one, and when an effect cannot be measured."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.catalogue.states import SATISFACTION, Question, QuestionKind, QuestionnaireKind, Topic
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.bounds import RISE
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.quality.models import IMPROVEMENT_LABELS, Improvement
from cordee.quality.rules.complaints import says_something
from cordee.quality.states import (
    FEWEST_MEASURED,
    HIGHEST,
    IMPROVEMENT,
    LONGEST_TITLE,
    Effect,
    ImprovementState,
    Origin,
)

OF_A_QUESTION = re.compile(r"[1-9]\d{0,9}:q\d{1,4}")
"""A scale that measures no topic, by its questionnaire and its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A figure of surveys whose mean is to rise, and by how much: in steps of its scale."""

    kind: QuestionnaireKind
    measure: str
    rise: Decimal
    service_type_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """What an improvement comes from; of a figure it is its aim that says which."""

    origin: Origin = Origin.OWN
    complaint_id: int | None = None
    session_id: int | None = None
    comment_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementDraft:
    """An improvement as quality writes it."""

    title: str
    why: str
    expected: str
    owner_id: int
    due_on: date
    aim: Aim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskDraft:
    """A risk as quality judges it."""

    what: str
    likelihood: int
    gravity: int
    against: str
    owner_id: int
    review_by: date


def may_improve(actor: Actor) -> Iterator[Blocker]:
    """Whoever sees to complaints keeps what follows from them."""
    if not actor.may(Permission.HANDLE_COMPLAINTS):
        yield Blocker(
            "not_quality", _("Improvements and risks are kept by quality."), _("Ask quality."), Turn.QUALITY
        )


def may_do(improvement: Improvement, actor: Actor) -> Iterator[Blocker]:
    """Whoever is asked to do it says that it is done; quality may say so for them."""
    if improvement.owner_id != actor.user_id or actor.user_id is None:
        yield from may_improve(actor)


def is_written(draft: ImprovementDraft) -> Iterator[Blocker]:
    """A title of a line, and what is expected, in words; why may stand in what it comes from."""
    yield from says_something(draft.title.strip(), field="title")
    if len(draft.title) > LONGEST_TITLE:
        yield Blocker(
            "title_too_long",
            _("A title has %(most)d letters at most.") % {"most": LONGEST_TITLE},
            _("Say the rest below it."),
            field="title",
        )
    yield from says_something(draft.expected.strip(), field="expected")
    yield from (b for b in says_something(draft.why.strip(), field="why") if b.code == "too_long")


def can_be_asked(owner_id: int, owners: Iterable[int]) -> Iterator[Blocker]:
    """Whoever works here can be asked to improve something, but not who only reads."""
    if owner_id not in set(owners):
        yield Blocker(
            "no_owner",
            _("This person cannot be asked: their account is closed, or only reads."),
            _("Choose somebody else."),
            field="owner",
        )


def can_own(owner_id: int, owners: Iterable[int]) -> Iterator[Blocker]:
    """A risk is looked at again by somebody of quality."""
    if owner_id not in set(owners):
        yield Blocker(
            "no_owner",
            _("This person does not see to quality, or no longer."),
            _("Choose somebody else."),
            field="owner",
        )


def is_to_come(day: date, *, field: str) -> Iterator[Blocker]:
    """Nothing is planned for a day that has gone by."""
    if day < clock.today():
        yield Blocker(
            "day_gone_by", _("This day has gone by."), _("Choose today or a day to come."), field=field
        )


def is_from(origin: From, *, found: bool) -> Iterator[Blocker]:
    """What it comes from exists, and whoever opens it may know of it."""
    named = {
        Origin.COMPLAINT: origin.complaint_id,
        Origin.SESSION: origin.session_id,
        Origin.COMMENT: origin.comment_id,
    }
    if origin.origin in named and not (named[origin.origin] and found):
        yield Blocker(
            "from_nowhere",
            _("What this comes from cannot be found any more."),
            _("Go back to where you came from, and open it from there."),
        )


def is_a_scale(aim: Aim, question: Question | None) -> Iterator[Blocker]:
    """A mean is of a scale that surveys ask, and rises by a part of it."""
    asked = aim.measure in set(Topic) or (question is not None and question.kind == QuestionKind.SCALE)
    if aim.kind not in SATISFACTION or not asked:
        yield Blocker(
            "no_scale",
            _("This is no question that is answered on a scale."),
            _("Choose one of those offered."),
            field="figure",
        )
    if aim.rise not in RISE or not aim.rise:
        yield Blocker(
            "no_rise",
            _("A mean rises by more than nothing and by %(most)d at most.") % {"most": RISE.most},
            _("Such as 0.3 of a scale from 1 to 5."),
            field="rise",
        )


def can_move(improvement: Improvement, move: str) -> Iterator[Blocker]:
    if not IMPROVEMENT.allows(move, improvement):
        yield _moved_on(improvement)


def was_not_given_up(improvement: Improvement) -> Iterator[Blocker]:
    """What was given up brought nothing."""
    if improvement.state == ImprovementState.GIVEN_UP:
        yield _moved_on(improvement)


def is_planned(improvement: Improvement) -> Iterator[Blocker]:
    """Who does it, and by when, is a question until it is done."""
    if not IMPROVEMENT.allows("do", improvement):
        yield _moved_on(improvement)


def _moved_on(improvement: Improvement) -> Blocker:
    state = IMPROVEMENT_LABELS[IMPROVEMENT.state_of(improvement)]
    return Blocker(
        "no_such_move",
        _("This improvement is “%(state)s” now.") % {"state": state},
        _("Load the page again: somebody may have changed it meanwhile."),
        Turn.QUALITY,
    )


def aims_at_a_figure(improvement: Improvement) -> Iterator[Blocker]:
    if not improvement.measure:
        yield Blocker(
            "no_figure",
            _("No figure of a survey is expected to rise: nothing can be counted."),
            _("Say in words what came of it."),
            Turn.QUALITY,
        )


def aims_at_no_figure(improvement: Improvement) -> Iterator[Blocker]:
    if improvement.measure:
        yield Blocker(
            "has_a_figure",
            _("What came of this one is said by a figure of surveys, not by us."),
            _("Have it measured, or give it up."),
            Turn.QUALITY,
        )


def enough_answers(before: int, after: int) -> Iterator[Blocker]:
    """A mean of a handful of answers says nothing of an effect; what is missing before will not come any more."""
    if before < FEWEST_MEASURED:
        yield Blocker(
            "too_few_before",
            ngettext(
                "In the three months before it was done there is %(n)d answer: fewer than %(least)d say nothing.",
                "In the three months before it was done there are %(n)d answers: fewer than %(least)d say nothing.",
                before,
            )
            % {"n": before, "least": FEWEST_MEASURED},
            _("Give it up with this reason, and open one whose effect shows in words."),
            Turn.QUALITY,
        )
    if after < FEWEST_MEASURED:
        yield Blocker(
            "too_few_after",
            ngettext(
                "In the months since it was done there is %(n)d answer: fewer than %(least)d say nothing.",
                "In the months since it was done there are %(n)d answers: fewer than %(least)d say nothing.",
                after,
            )
            % {"n": after, "least": FEWEST_MEASURED},
            _("Wait for the surveys of the next sessions to close."),
            Turn.QUALITY,
        )


def effect_of(before: Decimal, after: Decimal, rise: Decimal) -> Effect:
    """Tell whether a mean rose by as much as was expected."""
    return Effect.EFFECTIVE if after - before >= rise else Effect.WITHOUT


def is_judged(draft: RiskDraft) -> Iterator[Blocker]:
    """What may happen and what is done against it are said, and both judgements lie on their scale."""
    yield from says_something(draft.what.strip(), field="what")
    yield from says_something(draft.against.strip(), field="against")
    for name, step in (("likelihood", draft.likelihood), ("gravity", draft.gravity)):
        if not 1 <= step <= HIGHEST:
            yield Blocker(
                "off_the_scale",
                _("This goes from 1 to %(most)d.") % {"most": HIGHEST},
                _("Choose one of those offered."),
                field=name,
            )
