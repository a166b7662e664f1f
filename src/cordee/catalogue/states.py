"""Kinds of service, what facilitators are paid for, and what a question is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class ServiceKind(StrEnum):
    WORKSHOP = "workshop"
    TRAINING = "training"


class PaidRole(StrEnum):
    """What a fee is for."""

    FACILITATION = "facilitation"
    """One facilitator on one session."""
    COORDINATION = "coordination"
    """The coordinator, per prestation delivered, at closure."""


# --- questionnaires ---------------------------------------------------------------------------------------


class QuestionnaireKind(StrEnum):
    """When a questionnaire is asked, and what for."""

    PLACEMENT = "placement"
    """Each participant before the session: it is adapted to what they say (Qualiopi, indicator 8)."""
    CHECK = "check"
    """Each participant at the end of the session: what they have learned (indicator 11)."""
    HOT = "hot"
    """Each who was there, right afterwards (indicator 30)."""
    COLD = "cold"
    """Each who was there, weeks later: what came of it at work."""
    CLIENT = "client"
    """The client's contact, once everything ordered has taken place."""
    FACILITATOR = "facilitator"
    """Each who ran the session, afterwards."""


OF_PARTICIPANTS = (QuestionnaireKind.HOT, QuestionnaireKind.COLD)
SATISFACTION = (*OF_PARTICIPANTS, QuestionnaireKind.CLIENT, QuestionnaireKind.FACILITATOR)
"""What people thought of it: figures are kept of it, compared and published (indicators 2 and 30)."""


class Topic(StrEnum):
    """What a scale measures, whatever its words: by it questionnaires are compared with each other."""

    RECOMMEND = "recommend"
    """From 0 to 10: the net promoter score is computed of it."""
    CONTENT = "content"
    PACE = "pace"
    FACILITATION = "facilitation"
    ORGANISATION = "organisation"
    USEFULNESS = "usefulness"
    """At work."""


STEPS_OF = dict.fromkeys(Topic, (1, 5)) | {Topic.RECOMMEND: (0, 10)}
"""The first and last step of a scale that measures a topic: others could not be compared."""


class QuestionKind(StrEnum):
    ONE = "one"
    SEVERAL = "several"
    SCALE = "scale"
    NUMBER = "number"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"


CHOSEN = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL})
"""The kinds that offer choices."""
WRITTEN = frozenset({QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT})
"""The kinds that are answered in words of one's own."""

MOST_QUESTIONS = 30
MOST_CHOICES = 20
LOWEST_STEP, HIGHEST_STEP = 0, 10
"""Where a scale may begin and end."""
LARGEST_NUMBER = 1_000_000


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in French and in English; where there is no English, French is read."""

    fr: str = ""
    en: str = ""

    def said_in(self, language: str) -> str:
        return (self.en if language == "en" else "") or self.fr


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers offered; `key` stands for it in what people answer."""

    key: str
    label: Words
    right: bool = False
    """It is a right answer; where no choice of a question is, the question asks for no knowledge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a version, as it is kept (as JSON) and asked."""

    key: str = ""
    """Stands for the question in what people answer; given once in the life of a questionnaire."""
    kind: QuestionKind
    label: Words
    help: Words = Words()
    required: bool = False
    choices: tuple[Choice, ...] = ()
    low: int | None = None
    """The first step of a scale, or the smallest number taken."""
    high: int | None = None
    low_label: Words = Words()
    """What the first step of a scale means."""
    high_label: Words = Words()
    topic: Topic | None = None
    """What a scale measures."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        words = {name: Words(**kept[name]) for name in ("label", "help", "low_label", "high_label")}
        choices = tuple(
            Choice(choice["key"], Words(**choice["label"]), choice.get("right", False))
            for choice in kept["choices"]
        )
        topic = Topic(kept["topic"]) if kept.get("topic") else None
        return cls(
            **{**kept, **words, "kind": QuestionKind(kept["kind"]), "choices": choices, "topic": topic}
        )

    @property
    def steps(self) -> range:
        """The steps of a scale."""
        return range(self.low or 0, (self.high or 0) + 1)
