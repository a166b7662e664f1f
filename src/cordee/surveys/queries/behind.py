"""What lies behind a figure: the lots that were told together; of surveys with names, each answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from cordee.kernel.names import search_key
from cordee.surveys.models import Comment, CommentTag, Response, Sum, Survey
from cordee.surveys.queries.results import Scope
from cordee.surveys.queries.steps import COLUMNS, Steps, of_columns
from cordee.surveys.states import MOST_WORDS


@dataclass(frozen=True, slots=True)
class Lot:
    """Answers told together: of a session, of a mission, or of a service."""

    kept: Sum
    steps: Steps
    survey_id: int | None
    """Of answers with names; None of anonymous ones, of which nobody's own is told."""


def lots(scope: Scope, measure: str) -> QuerySet[Sum]:
    """Return the lots of which a figure is the sum, the latest first."""
    found = Sum.objects.filter(scope.told(), measure=measure)
    return found.select_related("session", "mission", "client", "service_type").order_by("-month", "-pk")


def with_names(kept: Sequence[Sum]) -> list[Lot]:
    """Return lots with the survey whose answers have names, where there is one: one query."""
    about = Q(session_id__in={lot.session_id for lot in kept if lot.session_id}) | Q(
        session=None, mission_id__in={lot.mission_id for lot in kept if lot.mission_id}
    )
    kinds = {lot.kind for lot in kept}
    named = Survey.objects.filter(about, kind__in=kinds, anonymous=False)
    by_place: dict[tuple[str, int | None, int | None], int] = {
        (kind, mission_id, session_id): pk
        for pk, kind, mission_id, session_id in named.values_list("pk", "kind", "mission_id", "session_id")
    }
    return [Lot(lot, steps_of(lot), by_place.get((lot.kind, lot.mission_id, lot.session_id))) for lot in kept]


def steps_of(kept: Sum) -> Steps:
    return of_columns((getattr(kept, name) for name in COLUMNS), kept.total, kept.least, kept.most)


def named_survey(survey_id: int) -> Survey | None:
    """Return a survey whose answers have names; of an anonymous one nothing is told by the answer."""
    about = ("session", "mission", "client", "service_type")
    return Survey.objects.select_related(*about).filter(pk=survey_id, anonymous=False).first()


_WHO = ("enrolment__participant", "contact", "facilitator__user")


def named_answers(scope: Scope) -> QuerySet[Response]:
    """Return the answers with names of a scope, each with what was said in words."""
    found = Response.objects.filter(scope.told(), survey__anonymous=False, counted=True)
    return _with_words(found).order_by("-month", "-survey_id", "pk")


def answers_to(survey_id: int) -> QuerySet[Response]:
    """Return the answers to a survey with names, each with what was said in words."""
    found = Response.objects.filter(survey_id=survey_id, survey__anonymous=False, counted=True)
    return _with_words(found).order_by("pk")


def _with_words(found: QuerySet[Response]) -> QuerySet[Response]:
    about = ("version", "session", "mission", "client", "service_type", *_WHO)
    return found.select_related(*about).prefetch_related("comments")


def comments(scope: Scope, *, search: str = "", tag: str = "") -> QuerySet[Comment]:
    """Return the answers in words that are told, the latest month first and in no order within it.

    Each word of `search` is in them, `MOST_WORDS` at most, whatever its accents and capitals. Of an anonymous survey
    they were told with those of three others at least, whatever is searched here.
    """
    found = Comment.objects.filter(scope.told("response__"), response__counted=True)
    for word in search_key(search).split()[:MOST_WORDS]:
        found = found.filter(search_key__contains=word)
    if tag:
        found = found.filter(tags__tag=tag)
    about = ("version", "survey", "session", "mission", "client", "service_type", *_WHO)
    found = found.select_related(*(f"response__{name}" for name in about)).prefetch_related("tags")
    return found.order_by("-response__month", "pk")


def comment(comment_id: int) -> Comment | None:
    """Return an answer in words that is told, with of what it is told."""
    about = ("version", "survey", "session", "mission", "client", "service_type", *_WHO)
    found = Comment.objects.select_related(*(f"response__{name}" for name in about))
    return found.prefetch_related("tags").filter(pk=comment_id, response__counted=True).first()


def tags(most: int) -> list[str]:
    """Return the tags in use, by name."""
    return list(CommentTag.objects.order_by("tag").values_list("tag", flat=True).distinct()[:most])


def who(response: Response) -> str:
    """Return the name of who answered; nothing of an anonymous answer, or once names are forgotten."""
    if response.enrolment:
        return response.enrolment.participant.full_name
    if response.contact:
        return response.contact.full_name
    return response.facilitator.full_name if response.facilitator else ""
