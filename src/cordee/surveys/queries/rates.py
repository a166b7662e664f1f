"""How many answered, by kind of questionnaire."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, QuerySet, Sum, Value, When

from cordee.catalogue.states import QuestionnaireKind
from cordee.planning.models import Session
from cordee.surveys.models import Answers, Counts, Survey


def rates(since: date, until: date, held: QuerySet[Session]) -> dict[str, tuple[int, int]]:
    """Return by kind how many people were asked and how many answered: surveys of the months from `since` to `until`;
    of what is asked on sessions (`held`) only who answered, 0 asked. Kinds of which there is nothing are left out: one
    query.
    """
    # Checks are asked as surveys are, and answered as what is asked on sessions: their answers are counted there.
    told = Case(
        When(kind=QuestionnaireKind.CHECK, then=0), default=F("answered"), output_field=IntegerField()
    )
    asked = Survey.objects.filter(month__gte=since.replace(day=1), month__lte=until)
    surveys = _rows(asked.values("kind").annotate(wanted=Sum("people"), told=Sum(told)))
    kept = Answers.objects.filter(enrolment__session__in=held, enrolment__cancelled_at=None)
    answers = _rows(kept.values("kind").annotate(wanted=Value(0), told=Count("pk")))
    forgotten = Counts.objects.filter(session__in=held)
    counts = _rows(forgotten.values("kind").annotate(wanted=Value(0), told=Sum("people")))
    found: dict[str, tuple[int, int]] = {}
    for kind, people, answers_given in surveys.union(answers, counts, all=True):
        before = found.get(kind, (0, 0))
        found[kind] = (before[0] + people, before[1] + answers_given)
    return found


def _rows(grouped: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return grouped.order_by().values_list("kind", "wanted", "told")


def answered_on(session_ids: Iterable[int], kind: QuestionnaireKind) -> dict[int, int]:
    """Return how many answered what is asked on sessions, by session: one query."""
    ids = set(session_ids)
    kept = Answers.objects.filter(kind=kind, enrolment__session__in=ids, enrolment__cancelled_at=None)
    forgotten = Counts.objects.filter(kind=kind, session__in=ids).order_by()
    answers = kept.order_by().values("enrolment__session").annotate(told=Count("pk"))
    counts = forgotten.values("session").annotate(told=Sum("people"))
    found: dict[int, int] = {}
    for session_id, told in answers.values_list("enrolment__session", "told").union(
        counts.values_list("session", "told"), all=True
    ):
        found[session_id] = found.get(session_id, 0) + told
    return found


def with_answers(sessions: QuerySet[Session], kind: QuestionnaireKind) -> QuerySet[Session]:
    """Return those of these sessions on which somebody answered what is asked there: `answered_on` says how many."""
    kept = Answers.objects.filter(kind=kind, enrolment__session=OuterRef("pk"), enrolment__cancelled_at=None)
    forgotten = Counts.objects.filter(kind=kind, session=OuterRef("pk"), people__gt=0)
    return sessions.filter(Exists(kept) | Exists(forgotten))


def asked_on_missions(mission_ids: Iterable[int], kinds: Iterable[QuestionnaireKind]) -> list[Survey]:
    """Return the surveys about missions and their sessions, by mission: one query."""
    found = Survey.objects.filter(mission__in=set(mission_ids), kind__in=set(kinds))
    return list(found.order_by("mission", "session", "kind", "pk"))
