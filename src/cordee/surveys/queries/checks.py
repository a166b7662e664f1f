"""End-of-training checks: what somebody is asked, and what people learned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cordee.attendance import queries as attendance
from cordee.catalogue import queries as catalogue
from cordee.catalogue.states import QuestionnaireKind
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.planning.models import Session
from cordee.surveys.models import Addressee, Answers, Counts, Survey
from cordee.surveys.queries.asking import Asked, asked
from cordee.surveys.queries.progress import Figures, Progress, figures_of, progress_of
from cordee.surveys.states import KEPT_FOR

_CHECK, _PLACEMENT = QuestionnaireKind.CHECK, QuestionnaireKind.PLACEMENT


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who gave the check, and what they learned."""

    enrolment_id: int
    session_id: int
    name: str
    version_id: int
    given_at: datetime
    progress: Progress


@dataclass(frozen=True, slots=True)
class Learned:
    """What the people of a session learned."""

    asked: int
    figures: Figures
    people: tuple[Learner, ...]
    """By name; nobody once answers are forgotten."""
    forgotten: bool


def check_asked(enrolment: Enrolment) -> Asked | None:
    """Return what somebody is asked at the end. Where it is what they were asked at the start, it is the version that
    they answered then: so that the two can be compared.
    """
    given = asked(enrolment, _CHECK)
    if given is None or given.answers:
        return given
    before = Answers.objects.filter(enrolment=enrolment, kind=_PLACEMENT).select_related(
        "version__questionnaire"
    )
    start = before.first()
    wanted = catalogue.asked_by(enrolment.session.line.service_type, _CHECK)
    return Asked(start.version, None) if start and start.version.questionnaire_id == wanted else given


def check_of(enrolment_id: int) -> Addressee | None:
    """Return somebody who is asked the check now and has not given it."""
    found = Addressee.objects.filter(
        enrolment_id=enrolment_id,
        answered=False,
        survey__kind=_CHECK,
        survey__closed_at=None,
        survey__closes_at__gt=clock.now(),
    )
    return found.select_related("survey__mission", "survey__session").first()


def progress_on(enrolment_id: int) -> Progress | None:
    """Return what somebody learned, if they gave the check and it is not forgotten: one query."""
    found = _read(Answers.objects.filter(enrolment_id=enrolment_id).values_list("enrolment_id", flat=True))
    return found[0].progress if found else None


def progress_by_version(session_id: int) -> dict[int, Figures]:
    """Return what those still on the list of a session learned, by the version they answered."""
    ids = Enrolment.objects.filter(session_id=session_id, cancelled_at=None).values_list("pk", flat=True)
    found: dict[int, Figures] = {}
    for learner in _read(ids):
        before = found.get(learner.version_id, Figures())
        found[learner.version_id] = before + figures_of([learner.progress])
    return found


def progress_by_person(session_id: int) -> dict[int, Progress]:
    """Return what each who gave the check on a session learned, by enrolment."""
    ids = Enrolment.objects.filter(session_id=session_id, cancelled_at=None).values_list("pk", flat=True)
    return {learner.enrolment_id: learner.progress for learner in _read(ids)}


def learned_on(sessions: Iterable[Session]) -> dict[int, Learned]:
    """Return what people learned on sessions whose check began, by session: a constant number of queries.

    Who turned out to have been absent counts nowhere.
    """
    by_id = {session.pk: session for session in sessions}
    begun = Survey.objects.filter(kind=_CHECK, session_id__in=by_id)
    asked_on = dict(begun.order_by("session_id").values_list("session_id", "people"))
    if not asked_on:
        return {}
    there = {one for (one, _half_day), stay in attendance.stays_on(by_id).items() if stay.minutes}
    ids = Enrolment.objects.filter(session_id__in=by_id, cancelled_at=None).values_list("pk", flat=True)
    people: dict[int, list[Learner]] = defaultdict(list)
    for learner in _read(ids):
        if learner.enrolment_id in there or by_id[learner.session_id].ends_at > clock.now():
            people[learner.session_id].append(learner)
    kept: dict[int, Figures] = {}
    counted = Counts.objects.filter(session_id__in=by_id, kind=_CHECK).order_by("pk")
    for row in counted:
        kept[row.session_id] = kept.get(row.session_id, Figures()) + Figures.from_json(row.progress)
    found = {}
    for pk, n in asked_on.items():
        own, before = tuple(people[pk]), kept.get(pk, Figures())
        figures = figures_of(learner.progress for learner in own) + before
        found[pk] = Learned(
            asked=max(n, figures.given),
            figures=figures,
            people=own,
            forgotten=not own and by_id[pk].ends_at + KEPT_FOR <= clock.now(),
        )
    return found


def _read(enrolment_ids: Iterable[int]) -> list[Learner]:
    """Return who of these gave the check, by name, with what they answered at the start beside it: one query."""
    kinds = (_CHECK, _PLACEMENT)
    rows = Answers.objects.filter(enrolment_id__in=enrolment_ids, kind__in=kinds)
    rows = rows.select_related("version__questionnaire", "enrolment__participant").order_by(
        "enrolment__participant__last_name", "enrolment__participant__first_name", "enrolment_id"
    )
    by_kind: dict[str, dict[int, Answers]] = {kind: {} for kind in kinds}
    for row in rows:
        by_kind[row.kind][row.enrolment_id] = row
    return [_learner(row, by_kind[_PLACEMENT].get(pk)) for pk, row in by_kind[_CHECK].items()]


def _learner(given: Answers, before: Answers | None) -> Learner:
    person = given.enrolment
    progress = progress_of(
        given.version.asked,
        given.values,
        before.values if before else None,
        same_questions=before is not None and before.version_id == given.version_id,
    )
    return Learner(
        person.pk, person.session_id, person.participant.full_name, given.version_id, given.first_at, progress
    )
