"""Adding up the answers that are told together: figures of hundreds of thousands are read from these sums."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from secrets import randbits
from typing import Any

from django.db.models import F

from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.states import CHOSEN, Question, QuestionKind
from cordee.surveys.models import Response, Sum, Told
from cordee.surveys.rules import Value
from cordee.surveys.states import FEWEST_TOLD, bin_of

_STEPS = tuple(f"n{step}" for step in range(11))
_TOLD = tuple(field.attname for field in Told._meta.fields)


def place_of(told: Told) -> dict[str, Any]:
    """Return of what something is told: rows with the same are told together."""
    return {name: getattr(told, name) for name in _TOLD}


def sum_up(told: Told) -> None:
    """Write the sums anew of all that is told together with this, with names: a session's answers at most."""
    place = place_of(told)
    Sum.objects.filter(**place).delete()
    counted = Response.objects.filter(**place, counted=True).values_list("version_id", "values")
    Sum.objects.bulk_create(sums(told, counted, named=True))


def add_batch(batch: Sequence[Response]) -> None:
    """Add anonymous answers that are told together from now on. What fewer than four of them answered is left out for
    good: else two figures would differ by one person.
    """
    told = batch[0]
    for more in sums(told, [(response.version_id, response.values) for response in batch], named=False):
        if sum(getattr(more, step) for step in _STEPS) < FEWEST_TOLD:
            continue
        known = Sum.objects.filter(**place_of(told), measure=more.measure)
        adding = _STEPS if more.total is None else (*_STEPS, "total")
        if not known.update(**{column: F(column) + getattr(more, column) for column in adding}):
            more.save()


def sums(told: Told, counted: Iterable[tuple[int, Mapping[str, Value]]], *, named: bool) -> list[Sum]:
    """Return the sums, unsaved, of the answers (to a version, by the key of the question) told together; `named`:
    whether they have names, so that the smallest and the largest number may be told.
    """
    place = place_of(told)
    found: dict[str, Counter[int]] = defaultdict(Counter)
    numbers: dict[str, list[int]] = defaultdict(list)
    for version_id, values in counted:
        for question, measure in _measured(version_id):
            if question.key in values:
                if question.kind == QuestionKind.NUMBER:
                    numbers[measure].append(int(str(values[question.key])))
                for part, step in _steps_given(question, measure, values[question.key]):
                    found[part][step] += 1
    return [
        Sum(
            **place,
            measure=measure,
            **{f"n{step}": n for step, n in counts.items()},
            **_of_numbers(numbers[measure], named=named),
        )
        for measure, counts in sorted(found.items())
    ]


def _of_numbers(numbers: Sequence[int], *, named: bool) -> dict[str, int]:
    if not numbers:
        return {}
    ends = {"least": min(numbers), "most": max(numbers)} if named else {}
    return {"total": sum(numbers), **ends}


def _steps_given(question: Question, measure: str, value: Value) -> Iterator[tuple[str, int]]:
    """Give what an answer adds to: the step of a scale, the bin of a number, or whether each choice offered was taken
    (1) or not (0).
    """
    if question.kind == QuestionKind.SCALE:
        yield measure, int(str(value))
    elif question.kind == QuestionKind.NUMBER:
        yield measure, bin_of(int(str(value)))
    else:
        taken = value if isinstance(value, list) else [value]
        yield from ((f"{measure}:{choice.key}", int(choice.key in taken)) for choice in question.choices)


@cache
def _measured(version_id: int) -> tuple[tuple[Question, str], ...]:
    """Return what is counted of a version, which never changes once it is published, and what each measures."""
    version = QuestionnaireVersion.objects.get(pk=version_id)
    counted = (q for q in version.asked if q.kind in {*CHOSEN, QuestionKind.SCALE, QuestionKind.NUMBER})
    return tuple((q, q.topic or f"{version.questionnaire_id}:{q.key}") for q in counted)


def by_chance() -> int:
    """Return a number for a row that says nothing of when it was written."""
    return randbits(62) + 1
