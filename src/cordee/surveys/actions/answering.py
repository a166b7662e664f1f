"""Giving answers, and forgetting them in time."""

from collections.abc import Mapping

from django.db import transaction

from cordee.catalogue import queries as catalogue
from cordee.catalogue.states import QuestionnaireKind
from cordee.enrolment.models import Enrolment
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import SYSTEM, Actor
from cordee.kernel.refusals import refuse_if
from cordee.missions import queries as missions
from cordee.planning.models import Session
from cordee.surveys import queries, rules
from cordee.surveys.actions.noting import note_answered
from cordee.surveys.facts import AnswersForgotten, SurveyAnswered
from cordee.surveys.models import Answers, Counts
from cordee.surveys.queries import Profile, stored
from cordee.surveys.rules import Value
from cordee.surveys.states import FEWEST_COUNTED, KEPT_FOR


@transaction.atomic
def answer(*, enrolment_id: int, version_id: int, given: Mapping[str, Value | None], by: Actor) -> Answers:
    """Keep what somebody on a session answers to a version; what they answered before is replaced.

    Whether `by` is that person is for their personal link to say. Raises Refused: then nothing is kept.
    """
    missions.locked(Enrolment.objects.values_list("session__mission_id", flat=True).get(pk=enrolment_id))
    enrolment = Enrolment.objects.select_related("session__line__service_type").get(pk=enrolment_id)
    version = catalogue.version(version_id)
    kind = QuestionnaireKind(version.questionnaire.kind) if version else QuestionnaireKind.PLACEMENT
    asked = queries.asked(enrolment, kind)
    questions = version.asked if version else ()
    values = rules.tidied(questions, given)
    refuse_if(rules.is_open(enrolment))
    refuse_if(rules.is_asked(version_id, asked.version.pk if asked else None))
    refuse_if(rules.answers_fit(questions, values))
    now = clock.now()
    answers, new = Answers.objects.update_or_create(
        enrolment=enrolment,
        kind=kind,
        defaults={"values": values, "last_at": now},
        create_defaults={"values": values, "version_id": version_id, "first_at": now, "last_at": now},
    )
    if new:
        session = enrolment.session
        fact = SurveyAnswered(session_id=session.pk, enrolment_id=enrolment_id, kind=kind)
        journal.record(fact, by=by, mission_id=session.mission_id)
    return answers


@transaction.atomic
def give_check(*, asked_id: int, version_id: int, given: Mapping[str, Value | None], by: Actor) -> Answers:
    """Keep what somebody who was there answers to the check at the end, once.

    Whether `by` is who was asked is for their link to say. Raises Refused: then nothing is kept.
    """
    asked = queries.asked_in(asked_id)
    missions.locked(asked.survey.mission_id or 0)
    asked = queries.asked_in(asked_id)
    enrolment = Enrolment.objects.select_related("session__line__service_type").get(
        pk=asked.enrolment_id or 0
    )
    now_asked = queries.check_asked(enrolment)
    questions = now_asked.version.asked if now_asked else ()
    values = rules.tidied(questions, given)
    refuse_if(rules.survey_is_open(asked.survey))
    refuse_if(rules.can_give_check(enrolment, given=bool(now_asked and now_asked.answers)))
    refuse_if(rules.is_asked(version_id, now_asked.version.pk if now_asked else None))
    refuse_if(rules.answers_fit(questions, values))
    now = clock.now()
    kind = QuestionnaireKind.CHECK
    answers = Answers.objects.create(
        enrolment=enrolment, kind=kind, values=values, version_id=version_id, first_at=now, last_at=now
    )
    note_answered(asked)
    fact = SurveyAnswered(session_id=enrolment.session_id, enrolment_id=enrolment.pk, kind=kind)
    journal.record(fact, by=by, mission_id=asked.survey.mission_id)
    return answers


def forget_old() -> int:
    """Forget the answers that have been kept as long as they may; return on how many sessions."""
    ended = Session.objects.filter(ends_at__lte=clock.now() - KEPT_FOR)
    old = Answers.objects.filter(enrolment__session__in=ended)
    # Checks come before placement questionnaires: what was learned is counted while both are there.
    pairs = sorted(set(old.values_list("enrolment__session_id", "kind")))
    for session_id, kind in pairs:
        forget(session_id=session_id, kind=QuestionnaireKind(kind), by=SYSTEM)
    return len(pairs)


@transaction.atomic
def forget(*, session_id: int, kind: QuestionnaireKind, by: Actor) -> None:
    """Delete what the people of a session answered, and keep how often each answer was given.

    Not even the figures are kept of fewer than `FEWEST_COUNTED` people.
    """
    mission_id = Session.objects.values_list("mission_id", flat=True).get(pk=session_id)
    missions.locked(mission_id)
    everybody = Answers.objects.filter(enrolment__session_id=session_id, kind=kind)
    people = everybody.count()
    if not people:
        return
    coming = everybody.filter(enrolment__cancelled_at=None).select_related("version__questionnaire")
    kept = [_counts(session_id, kind, p) for p in queries.profiles_of(coming) if p.people >= FEWEST_COUNTED]
    if kind == QuestionnaireKind.CHECK:
        _count_progress(kept, session_id)
    Counts.objects.bulk_create(kept)
    everybody.delete()
    fact = AnswersForgotten(session_id=session_id, kind=kind, people=people, counted=bool(kept))
    journal.record(fact, by=by, mission_id=mission_id)


def _count_progress(kept: list[Counts], session_id: int) -> None:
    """Keep what was learned beside what was answered, by the version that people answered."""
    learned = queries.progress_by_version(session_id)
    for counts in kept:
        counts.progress = learned[counts.version_id].as_json()


def _counts(session_id: int, kind: QuestionnaireKind, profile: Profile) -> Counts:
    return Counts(
        session_id=session_id,
        kind=kind,
        version=profile.version,
        people=profile.people,
        tallies={tally.question.key: stored(tally) for tally in profile.tallies},
    )
