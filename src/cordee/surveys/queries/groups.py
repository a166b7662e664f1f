"""What the people of a session answered, together and one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.states import QuestionnaireKind
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import Source
from cordee.kernel import clock
from cordee.planning.models import Session
from cordee.surveys.models import Answers, Counts
from cordee.surveys.queries.asking import placement_wanted
from cordee.surveys.queries.counting import Tally, tally, tally_from
from cordee.surveys.rules import Value
from cordee.surveys.states import KEPT_FOR


@dataclass(frozen=True, slots=True)
class Profile:
    """What was answered to one version."""

    version: QuestionnaireVersion
    people: int
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The people of a session, as a questionnaire shows them. Two profiles when two versions were answered."""

    people: int
    """How many are asked."""
    answered: int
    profiles: tuple[Profile, ...]
    forgotten: bool
    """Nobody's own answers are kept any more."""


@dataclass(frozen=True, slots=True)
class PersonAnswers:
    """What one person answered, by the key of the question."""

    name: str
    version: QuestionnaireVersion | None
    values: dict[str, Value]


def group(session: Session, kind: QuestionnaireKind = QuestionnaireKind.PLACEMENT) -> Group | None:
    """Return what the group of a session answered; nothing when there is nothing to say. Two queries at most.

    A session that has started without an answer was perhaps never asked: the service may ask since then only.
    """
    answers = _answers(session, kind)
    if not answers and session.ends_at + KEPT_FOR <= clock.now():
        return _counted(session, kind)
    if not answers and (session.starts_at <= clock.now() or not placement_wanted(session)):
        return None
    people = _asked(session).count()
    return Group(people, len(answers), tuple(profiles_of(answers)), forgotten=False)


def _counted(session: Session, kind: QuestionnaireKind) -> Group | None:
    """Return what was kept of a group whose answers are forgotten, if anything was."""
    counted = Counts.objects.filter(session=session, kind=kind).select_related("version__questionnaire")
    profiles = tuple(_counted_profile(kept) for kept in counted.order_by("-version__number", "-pk"))
    answered = sum(profile.people for profile in profiles)
    return Group(answered, answered, profiles, forgotten=True) if profiles else None


def people_of(session: Session, kind: QuestionnaireKind = QuestionnaireKind.PLACEMENT) -> list[PersonAnswers]:
    """Return everybody asked on a session by name, with what they answered: two queries."""
    answers = {a.enrolment_id: a for a in _answers(session, kind)}
    found = (
        _asked(session)
        .select_related("participant")
        .order_by("participant__last_name", "participant__first_name", "participant__email", "pk")
    )
    return [
        PersonAnswers(
            name=enrolment.participant.full_name,
            version=answers[enrolment.pk].version if enrolment.pk in answers else None,
            values=answers[enrolment.pk].values if enrolment.pk in answers else {},
        )
        for enrolment in found
    ]


def profiles_of(answers: Iterable[Answers]) -> list[Profile]:
    """Count answers, those to each version apart, the latest version first; words too are in that order."""
    in_order = sorted(answers, key=lambda a: (a.version.number, a.version_id, a.pk), reverse=True)
    profiles = []
    for _, same in groupby(in_order, key=lambda a: a.version_id):
        some = list(same)
        version = some[0].version
        tallies = tuple(
            tally(question, [a.values[question.key] for a in some if question.key in a.values])
            for question in version.asked
        )
        profiles.append(Profile(version, len(some), tallies))
    return profiles


def _counted_profile(kept: Counts) -> Profile:
    tallies = tuple(tally_from(q, kept.tallies.get(q.key, {})) for q in kept.version.asked)
    return Profile(kept.version, kept.people, tallies)


def _answers(session: Session, kind: QuestionnaireKind) -> list[Answers]:
    found = Answers.objects.filter(enrolment__session=session, enrolment__cancelled_at=None, kind=kind)
    return list(found.select_related("version__questionnaire").order_by("pk"))


def _asked(session: Session) -> QuerySet[Enrolment]:
    """Return who is on the list; those who came without being on it were not asked."""
    return Enrolment.objects.filter(session=session, cancelled_at=None).exclude(source=Source.WALK_IN)
