"""The national referential of quality (Qualiopi), as dated data: which indicators there are, and to whom each applies.

The texts are the annexes of decrees no. 2019-565 of 2019-06-06 and no. 2026-728 of 2026-08-01, which audits go by from
2026-11-01 on; criteria are those of the labour code (R6316-1). Titles are short names of our own, not words of the law.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActionKind(StrEnum):
    """What an organisation offers: an indicator applies to some kinds alone."""

    TRAINING = "training"
    CERTIFYING = "certifying"
    """Training that leads to a registered certification."""
    WORK_BASED = "work_based"
    """Training with periods at work (work-study)."""
    APPRENTICESHIP = "apprenticeship"
    """By a centre of apprentices (CFA)."""
    VALIDATION = "validation"
    """Validation of what was learned by experience (VAE)."""
    SKILLS_REVIEW = "skills_review"
    """Bilan de compétences."""


_K = ActionKind
_ALL = frozenset(ActionKind)
_CFA = frozenset({_K.APPRENTICESHIP})
_TRAINS = frozenset({_K.TRAINING, _K.CERTIFYING, _K.WORK_BASED, _K.APPRENTICESHIP})
_CERTIFIES = frozenset({_K.CERTIFYING, _K.APPRENTICESHIP, _K.VALIDATION})
_AT_WORK = frozenset({_K.WORK_BASED, _K.APPRENTICESHIP})


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the translators; it is translated where it is shown."""
    return sentence


CRITERIA: dict[int, str] = {
    1: gettext_noop("Information of the public"),
    2: gettext_noop("Objectives, and adaptation to the public"),
    3: gettext_noop("Reception, support, follow-up and assessment"),
    4: gettext_noop("Means"),
    5: gettext_noop("Skills of those involved"),
    6: gettext_noop("Professional environment"),
    7: gettext_noop("Appraisals and complaints"),
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its number, that of its criterion, a short title, and the kinds of action it applies to."""

    number: int
    criterion: int
    title: str
    kinds: frozenset[ActionKind] = _ALL

    def applies_to(self, kinds: Iterable[ActionKind]) -> bool:
        return not self.kinds.isdisjoint(kinds)


@dataclass(frozen=True, slots=True)
class Referential:
    """A version of the text. `since`: the day of the first text; of a later one, the day from which audits go by it."""

    code: str
    name: str
    since: date
    indicators: tuple[Indicator, ...]
    changed: frozenset[int] = frozenset()
    """The numbers of which this text says something else than the one before."""

    def indicator(self, number: int) -> Indicator | None:
        return next((one for one in self.indicators if one.number == number), None)


_OF_2019 = (
    Indicator(1, 1, gettext_noop("Information of the public on what is offered")),
    Indicator(2, 1, gettext_noop("Results made public")),
    Indicator(3, 1, gettext_noop("Rates of certification made public"), _CERTIFIES),
    Indicator(4, 2, gettext_noop("Analysis of the need")),
    Indicator(5, 2, gettext_noop("Objectives that can be assessed")),
    Indicator(6, 2, gettext_noop("Content and delivery that fit the objectives")),
    Indicator(7, 2, gettext_noop("Content that fits the certification"), _CERTIFIES - {_K.VALIDATION}),
    Indicator(8, 2, gettext_noop("Positioning at entry"), _TRAINS),
    Indicator(9, 3, gettext_noop("Information on how it takes place")),
    Indicator(10, 3, gettext_noop("Adaptation, support and follow-up")),
    Indicator(11, 3, gettext_noop("Assessment of what was attained")),
    Indicator(12, 3, gettext_noop("Engagement, and prevention of drop-outs")),
    Indicator(13, 3, gettext_noop("Coordination of work-study"), _AT_WORK),
    Indicator(14, 3, gettext_noop("Support of apprentices"), _CFA),
    Indicator(15, 3, gettext_noop("Rights and duties of apprentices"), _CFA),
    Indicator(16, 3, gettext_noop("Conditions of certification"), _CERTIFIES),
    Indicator(17, 4, gettext_noop("Human and technical means")),
    Indicator(18, 4, gettext_noop("Coordination of those involved")),
    Indicator(19, 4, gettext_noop("Teaching resources")),
    Indicator(20, 4, gettext_noop("Dedicated staff of the centre of apprentices"), _CFA),
    Indicator(21, 5, gettext_noop("Skills of those involved")),
    Indicator(22, 5, gettext_noop("Development of skills")),
    Indicator(23, 6, gettext_noop("Watch of laws and regulations")),
    Indicator(24, 6, gettext_noop("Watch of jobs and skills")),
    Indicator(25, 6, gettext_noop("Watch of teaching and technology")),
    Indicator(26, 6, gettext_noop("Reception of people with disabilities")),
    Indicator(27, 6, gettext_noop("Sub-contracting and umbrella companies")),
    Indicator(28, 6, gettext_noop("Partners for periods at work"), _AT_WORK),
    Indicator(29, 6, gettext_noop("Employment and further studies of apprentices"), _CFA),
    Indicator(30, 7, gettext_noop("Appraisals collected")),
    Indicator(31, 7, gettext_noop("Difficulties and complaints")),
    Indicator(32, 7, gettext_noop("Continuous improvement")),
)
_OF_2026 = (*_OF_2019, Indicator(33, 7, gettext_noop("Assessment of the teaching of apprentices"), _CFA))

REFERENTIALS: tuple[Referential, ...] = (
    Referential("2019", gettext_noop("Decree no. 2019-565 of 6 June 2019"), date(2019, 6, 6), _OF_2019),
    Referential(
        "2026",
        gettext_noop("Decree no. 2026-728 of 1 August 2026"),
        date(2026, 11, 1),
        _OF_2026,
        frozenset({1, 2, 3, 7, 12, 14, 15, 19, 20, 27, 30, 32, 33}),
    ),
)
"""The oldest first."""


def in_force(day: date) -> Referential:
    """Return the text that an audit of this day goes by; before the first there was none, and it stands for it."""
    return next((one for one in reversed(REFERENTIALS) if one.since <= day), REFERENTIALS[0])
