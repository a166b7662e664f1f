"""What people thought of it, in figures: added up of `Sum` rows, never of answers, so that a year reads in a blink.

Whatever is filtered, a figure is a sum of whole batches (decision 0023): a filter goes by the columns of `Told` alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.db.models import Count, Q, QuerySet

from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.states import SATISFACTION, STEPS_OF, Question, QuestionKind, QuestionnaireKind, Topic
from cordee.planning import queries as planning
from cordee.surveys.models import Response, Sum, Survey
from cordee.surveys.queries.steps import Steps, added_up
from cordee.surveys.states import STEPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which answers figures are made of; what is empty narrows nothing."""

    kind: QuestionnaireKind
    since: date | None = None
    """A month, by its first day; `until` too, which is the last one."""
    until: date | None = None
    service_type_id: int | None = None
    client_id: int | None = None
    mission_id: int | None = None
    session_id: int | None = None
    questionnaire_id: int | None = None
    """What they were asked: where its answers were too few for their session, they are left out."""
    facilitator_id: int | None = None
    """Who ran the sessions, alone or with others: what is told of a mission or a service is left out."""

    @property
    def network(self) -> "Scope":
        """The same kind and period, of everybody."""
        return Scope(kind=self.kind, since=self.since, until=self.until)

    def told(self, path: str = "") -> Q:
        """Return the condition on rows of `Told`, or on rows that reach one by `path`."""
        exact = ("service_type_id", "client_id", "mission_id", "session_id")
        wanted = {name: value for name in exact if (value := getattr(self, name)) is not None}
        wanted |= {"month__gte": self.since} if self.since else {}
        wanted |= {"month__lte": self.until} if self.until else {}
        if self.facilitator_id is not None:
            wanted["session_id__in"] = planning.run_by(self.facilitator_id)
        found = Q(**{f"{path}{name}": value for name, value in {"kind": self.kind, **wanted}.items()})
        return found & self._asked(path) if self.questionnaire_id is not None else found

    def _asked(self, path: str) -> Q:
        """Return the condition that a questionnaire was asked of what is told: still by whole lots, for one survey of a
        kind is about a session, or about a mission.
        """
        asked = Survey.objects.filter(kind=self.kind, questionnaire=self.questionnaire_id)
        sessions = asked.filter(session__isnull=False).values("session_id")
        missions = asked.filter(session=None).values("mission_id")
        return Q(**{f"{path}session_id__in": sessions}) | Q(
            **{f"{path}session__isnull": True, f"{path}mission_id__in": missions}
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """What was answered to one question, or to all that measure the same topic."""

    measure: str
    question: Question | None
    """The latest words of it; none of a topic, which several questionnaires ask in words of their own."""
    parts: dict[str, Steps]
    """By the key of the choice; of a scale one, under ""."""
    network: dict[str, Steps]
    """The same, of everybody; empty when everybody is asked for."""
    months: dict[date, Steps] = field(default_factory=dict)
    """Of a scale, by month, in order."""

    @property
    def topic(self) -> Topic | None:
        return Topic(self.measure) if self.measure in set(Topic) else None

    @property
    def steps(self) -> Steps | None:
        """What was answered to a scale."""
        return self.parts.get("")

    @property
    def is_number(self) -> bool:
        """Tell whether it was answered by numbers, counted by bins."""
        return self.question is not None and self.question.kind == QuestionKind.NUMBER

    @property
    def answers(self) -> int:
        """How many answered it: n."""
        return max((part.answers for part in self.parts.values()), default=0)

    @property
    def scale(self) -> range:
        """The steps that could be given; of numbers the bins from the first to the last that hold some."""
        if self.is_number:
            used = [step for step, n in enumerate((self.steps or Steps()).counts) if n]
            return range(used[0], used[-1] + 1) if used else range(0)
        low, high = (
            STEPS_OF[self.topic]
            if self.topic
            else ((self.question and self.question.low) or 0, _highest(self))
        )
        return range(low, high + 1)


def _highest(figure: Figure) -> int:
    return (figure.question and figure.question.high) or STEPS[-1]


@dataclass(frozen=True, slots=True)
class Results:
    """All that is shown of some answers."""

    surveys: int
    invited: int
    answered: int
    under_way: int
    """Surveys that are still open."""
    waiting: int
    """Anonymous answers that are in no figure yet."""
    figures: tuple[Figure, ...]

    @property
    def rate(self) -> float | None:
        """The part of those invited who answered, in per cent; nothing where nobody was invited."""
        return 100 * self.answered / self.invited if self.invited else None

    @property
    def told(self) -> int:
        """How many answers the figures are made of: as many as the question that most answered."""
        return max((figure.answers for figure in self.figures), default=0)


def results(scope: Scope, *, beside: Mapping[str, Steps] | None = None) -> Results:
    """Return the figures of these answers: five queries, whatever their number.

    Everybody's stand beside, or by their measure those that are given (`beside`).
    """
    asked = Survey.objects.filter(scope.told()).aggregate(
        surveys=Count("pk"),
        invited=models.Sum("people", default=0),
        answered=models.Sum("answered", default=0),
        under_way=Count("pk", filter=Q(closed_at=None)),
    )
    waiting = Response.objects.filter(scope.told(), counted=False).count()
    return Results(**asked, waiting=waiting, figures=tuple(_figures(scope, beside)))


@dataclass(frozen=True, slots=True)
class Headline:
    """What is said of some answers in one line."""

    invited: int
    answered: int
    recommended: float | None
    """The mean of recommendation, from 0 to 10; nothing while no answer is told."""


def headline(scope: Scope) -> Headline | None:
    """Return the response rate and the mean of recommendation; nothing where nobody was asked: two queries at most."""
    asked = Survey.objects.filter(scope.told()).aggregate(
        invited=models.Sum("people", default=0), answered=models.Sum("answered", default=0)
    )
    if not asked["invited"]:
        return None
    return Headline(**asked, recommended=steps_of(scope, Topic.RECOMMEND).mean)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was answered to all surveys of a kind in some months: by topic, month by month in their order."""

    invited: int = 0
    answered: int = 0
    topics: dict[Topic, dict[date, Steps]] = field(default_factory=dict)

    def of(self, topic: Topic) -> Steps:
        """Return what was answered to a topic in all these months."""
        return sum(self.topics.get(topic, {}).values(), Steps())


def heard(since: date, until: date) -> dict[QuestionnaireKind, Heard]:
    """Return what was answered between two months, by kind of survey: as `results` of each, in two queries."""
    span = {"month__gte": since, "month__lte": until}
    rows = Survey.objects.filter(kind__in=SATISFACTION, **span).order_by().values("kind")
    people = rows.annotate(invited=models.Sum("people"), told=models.Sum("answered"))
    found = {
        QuestionnaireKind(kind): Heard(invited, told)
        for kind, invited, told in people.values_list("kind", "invited", "told")
    }
    kept = Sum.objects.filter(kind__in=SATISFACTION, measure__in=list(Topic), **span)
    for (kind, measure, month), steps in sorted(added_up(kept, "kind", "measure", "month").items()):
        of_kind = found.setdefault(QuestionnaireKind(kind), Heard())
        of_kind.topics.setdefault(Topic(measure), {})[month] = steps
    return found


def steps_of(scope: Scope, measure: str) -> Steps:
    """Return how often each step of one scale was given: one query."""
    told = added_up(Sum.objects.filter(scope.told(), measure=measure), "measure")
    return told.get((measure,), Steps())


def _figures(scope: Scope, beside: Mapping[str, Steps] | None) -> list[Figure]:
    by_month = added_up(Sum.objects.filter(scope.told()), "measure", "month")
    network = _everybody(scope) if beside is None else beside
    totals: dict[str, Steps] = {}
    months: dict[str, dict[date, Steps]] = {}
    for (measure, month), steps in sorted(by_month.items()):
        totals[measure] = totals.get(measure, Steps()) + steps
        months.setdefault(measure, {})[month] = steps
    names = dict.fromkeys(_question_of(measure) for measure in totals)
    questions = questions_of(names)
    return [
        Figure(
            name,
            questions.get(name),
            _parts(name, totals, questions.get(name)),
            _parts(name, network, questions.get(name)),
            months.get(name, {}),
        )
        for name in sorted(names, key=_place)
    ]


def _everybody(scope: Scope) -> dict[str, Steps]:
    """Return what everybody answered, by measure; nothing when everybody is asked for."""
    if scope.network == scope:
        return {}
    found = added_up(Sum.objects.filter(scope.network.told()), "measure")
    return {measure: steps for (measure,), steps in found.items()}


def _question_of(measure: str) -> str:
    """Return what a measure is a part of: “12:q4” for “12:q4:c1”."""
    return ":".join(measure.split(":")[:2])


def _parts(name: str, counted: Mapping[str, Steps], question: Question | None) -> dict[str, Steps]:
    """Return the parts of a figure: the scale, or the choices that the question offers in their order."""
    if question is None or question.kind in {QuestionKind.SCALE, QuestionKind.NUMBER}:
        return {"": counted[name]} if name in counted else {}
    keys = (choice.key for choice in question.choices)
    return {key: counted[part] for key in keys if (part := f"{name}:{key}") in counted}


def _place(name: str) -> tuple[int, int, str]:
    """Return by what figures are in order: topics as they are declared, then the others as they were asked."""
    topics = list(Topic)
    if name in set(Topic):
        return topics.index(Topic(name)), 0, ""
    questionnaire, key = name.split(":")
    return len(topics), int(questionnaire), key.rjust(12)


def questions_of(measures: Iterable[str]) -> dict[str, Question]:
    """Return the questions behind measures such as “12:q3”, in their latest words: one query, none for topics."""
    wanted = {int(measure.split(":")[0]) for measure in measures if ":" in measure}
    if not wanted:
        return {}
    return _latest(QuestionnaireVersion.objects.filter(questionnaire_id__in=wanted))


def every_question() -> dict[str, Question]:
    """Return the questions of every questionnaire, in their latest words, by measure: one query."""
    return _latest(QuestionnaireVersion.objects.all())


def _latest(versions: QuerySet[QuestionnaireVersion]) -> dict[str, Question]:
    return {
        f"{version.questionnaire_id}:{question.key}": question
        for version in versions.filter(published_at__isnull=False).order_by("number")
        for question in version.asked
    }
