"""How many answered, by kind of questionnaire."""

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum, Value

from cordee.planning.models import Session
from cordee.surveys.models import Answers, Counts, Survey


def rates(since: date, until: date, held: QuerySet[Session]) -> dict[str, tuple[int, int]]:
    """Return by kind how many people were asked and how many answered: surveys of the months from `since` to `until`;
    of what is asked on sessions (`held`) only who answered, 0 asked. Kinds of which there is nothing are left out: one
    query.
    """
    asked = Survey.objects.filter(month__gte=since.replace(day=1), month__lte=until)
    surveys = _rows(asked.values("kind").annotate(wanted=Sum("people"), told=Sum("answered")))
    kept = Answers.objects.filter(enrolment__session__in=held, enrolment__cancelled_at=None)
    answers = _rows(kept.values("kind").annotate(wanted=Value(0), told=Count("pk")))
    forgotten = Counts.objects.filter(session__in=held)
    counts = _rows(forgotten.values("kind").annotate(wanted=Value(0), told=Sum("people")))
    found: dict[str, tuple[int, int]] = {}
    for kind, people, told in surveys.union(answers, counts, all=True):
        before = found.get(kind, (0, 0))
        found[kind] = (before[0] + people, before[1] + told)
    return found


def _rows(grouped: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return grouped.order_by().values_list("kind", "wanted", "told")
