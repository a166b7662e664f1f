"""Telling anonymous answers, never fewer than four together; closing surveys; forgetting names.

What is told once stays told with the same others: figures taken at two moments differ by four people or more, by whom
nobody can be found (decision 0023).
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Count, Max, Q

from cordee.catalogue.states import OF_PARTICIPANTS, WRITTEN, QuestionnaireKind
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import SYSTEM
from cordee.missions import queries as missions
from cordee.planning import queries as planning
from cordee.surveys import queries
from cordee.surveys.actions.summing import add_batch, by_chance
from cordee.surveys.facts import SurveyClosed
from cordee.surveys.models import Addressee, Answers, Comment, Response, Survey
from cordee.surveys.states import FEWEST_TOLD, NAMED_FOR


def close_due() -> None:
    """Tell the anonymous answers that are four or more, close what is over, and put together what is left of it.

    Run at night: who answered today can correct it until then. Safe to run twice.
    """
    for survey_id in queries.to_tell():
        _tell_session(survey_id)
    for survey_id in queries.to_close(clock.now()):
        _close(survey_id)
    for mission_id in queries.missions_waiting():
        _tell_mission(mission_id)
    _tell_services()


@transaction.atomic
def _tell_session(survey_id: int) -> None:
    survey = _held(survey_id)
    waiting = list(Response.objects.filter(survey=survey, counted=False))
    if len(waiting) >= FEWEST_TOLD:
        _tell(waiting, survey.month)


@transaction.atomic
def _close(survey_id: int) -> None:
    """Close a survey; too few answers left to be told with the session wait to be told with the mission."""
    survey = _held(survey_id)
    if survey.closed_at:
        return
    Response.objects.filter(survey=survey, counted=False).update(survey=None, session=None, receipt="")
    if survey.kind in (*OF_PARTICIPANTS, QuestionnaireKind.CHECK):
        survey.asked.all().delete()
    survey.closed_at = clock.now()
    survey.save(update_fields=["closed_at"])
    fact = SurveyClosed(survey_id=survey.pk, kind=survey.kind, people=survey.people, answered=survey.answered)
    journal.record(fact, by=SYSTEM, mission_id=survey.mission_id)


@transaction.atomic
def _tell_mission(mission_id: int) -> None:
    """Tell what is left of a mission's surveys, if it is enough; when nothing more can come, it goes to the service."""
    missions.locked(mission_id)
    left = Response.objects.filter(mission_id=mission_id, session=None, survey=None, counted=False)
    pools = left.values_list("kind", "service_type_id").annotate(n=Count("pk"), month=Max("month"))
    coming = bool(planning.to_come(mission_id))
    for kind, service_type_id, n, month in pools.order_by():
        pool = left.filter(kind=kind, service_type_id=service_type_id)
        under_way = Survey.objects.filter(mission_id=mission_id, kind=kind, closed_at=None)
        if n >= FEWEST_TOLD:
            _tell(list(pool), month)
        elif not coming and not under_way.exists():
            pool.update(mission=None, client=None)


@transaction.atomic
def _tell_services() -> None:
    """Tell what is left of all missions, by service, as soon as it is enough."""
    left = Response.objects.filter(mission=None, counted=False)
    pools = left.values_list("kind", "service_type_id").annotate(n=Count("pk"), month=Max("month"))
    for kind, service_type_id, _n, month in pools.order_by().filter(n__gte=FEWEST_TOLD):
        _tell(list(left.filter(kind=kind, service_type_id=service_type_id)), month)


def _held(survey_id: int) -> Survey:
    survey = Survey.objects.get(pk=survey_id)
    missions.locked(survey.mission_id or 0)
    return Survey.objects.get(pk=survey_id)


def _tell(waiting: Sequence[Response], month: date) -> None:
    """Tell these together: as new rows with other numbers, so that nothing is left of the order they came in."""
    comments = {response.pk: list(response.comments.all()) for response in waiting}
    fresh, words = [], []
    for response in waiting:
        old = response.pk
        response.pk, response.counted, response.receipt, response.month = by_chance(), True, "", month
        fresh.append(response)
        for comment in comments[old]:
            comment.pk, comment.response_id = by_chance(), response.pk
            words.append(comment)
    Response.objects.filter(pk__in=comments).delete()
    Response.objects.bulk_create(sorted(fresh, key=lambda response: response.pk))
    Comment.objects.bulk_create(sorted(words, key=lambda comment: comment.pk))
    add_batch(fresh)


def forget_names() -> None:
    """Take the names off answers that have kept them for as long as they serve; what was answered stays."""
    old = Survey.objects.filter(closed_at__lte=clock.now() - NAMED_FOR)
    named = Q(enrolment__isnull=False) | Q(contact__isnull=False) | Q(facilitator__isnull=False)
    found = Response.objects.filter(named, survey__in=old)
    found.update(enrolment=None, contact=None, facilitator=None)


def forget_person(*, enrolment_ids: Sequence[int]) -> None:
    """Take a person off what they answered, and off who is asked: figures stay (`erasure`). Of what is asked on
    sessions the words go at once, and the rest with everybody's, once it has been counted.
    """
    Response.objects.filter(enrolment_id__in=enrolment_ids).update(enrolment=None)
    asked = Addressee.objects.filter(enrolment_id__in=enrolment_ids)
    asked.filter(answered=False).delete()
    asked.update(enrolment=None)  # who answered is counted still
    for answers in Answers.objects.filter(enrolment_id__in=enrolment_ids).select_related("version"):
        written = {question.key for question in answers.version.asked if question.kind in WRITTEN}
        answers.values = {key: value for key, value in answers.values.items() if key not in written}
        answers.save(update_fields=["values"])
