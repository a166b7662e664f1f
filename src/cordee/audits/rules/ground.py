"""The numbers of a period that indicators are proven by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cordee.catalogue.states import QuestionnaireKind
from cordee.quality.queries import Counted, Improved


class Part(StrEnum):
    """What is read of the ground at once: an indicator says which parts it stands on."""

    SERVICES = "services"
    SESSIONS = "sessions"
    PEOPLE = "people"
    FACILITATORS = "facilitators"
    ORGANISATION = "organisation"
    OFFICER = "officer"
    ANSWERS = "answers"
    COMPLAINTS = "complaints"
    IMPROVEMENTS = "improvements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Numbers of a period; of services and of the organisation, as they are today."""

    services: int = 0
    with_programme: int = 0
    with_placement: int = 0
    with_check: int = 0
    with_survey: int = 0
    internal_rules: bool = False
    welcome_booklet: bool = False
    disability_officer: bool = False
    sessions: int = 0
    """Held: planned, and over."""
    recorded: int = 0
    """Of them, those with presence on every half-day."""
    staffed: int = 0
    coordinated: int = 0
    accepted: int = 0
    """Of them, those whose signed sheet quality accepted."""
    remote: int = 0
    people: int = 0
    """Enrolled on these sessions."""
    told: int = 0
    certified: int = 0
    placement_asked: int = 0
    check_asked: int = 0
    needs: int = 0
    needs_late: int = 0
    facilitators: int = 0
    """Who ran these sessions."""
    billed: int = 0
    without_papers: int = 0
    answers: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """By kind of questionnaire, how many were asked and how many answered."""
    complaints: Counted = field(default_factory=Counted)
    improvements: Improved = field(default_factory=Improved)

    def answered(self, kind: QuestionnaireKind) -> int:
        return self.answers.get(kind, (0, 0))[1]

    def asked(self, kind: QuestionnaireKind) -> int:
        return self.answers.get(kind, (0, 0))[0]
