"""Surveys with the house's own questions, and people who answer them."""

from collections.abc import Mapping
from datetime import date

from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import QuestionnaireVersion, ServiceType
from cordee.catalogue.rules import ServiceChanges
from cordee.catalogue.states import QuestionnaireKind
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.planning.models import Session
from cordee.surveys import actions, queries
from cordee.surveys.models import Addressee, Response, Sum, Survey
from cordee.surveys.rules import Value

LINK = Actor(ActorKind.LINK, link_id=1)
HOT = {"q1": 9, "q2": 4, "q3": 3, "q4": 5, "q5": 4, "q6": 4}
"""What somebody content answers to the suggested hot survey; "q7" and "q8" are in words."""


def ask(
    service: ServiceType, kind: QuestionnaireKind = QuestionnaireKind.HOT, *, anonymous: bool | None = None
) -> int:
    """Publish the suggested questionnaire of a kind, and have the service ask it; return its number."""
    kept = catalogue.add_questionnaire(name=f"{kind}", kind=kind, suggested=True, by=COMMAND)
    if anonymous is not None:
        kept.anonymous = anonymous
        kept.save()
    catalogue.publish(questionnaire_id=kept.pk, expected_version=None, by=COMMAND)
    catalogue.change_service_type(
        service_type_id=service.pk,
        changes=ServiceChanges(**{f"{kind}_questionnaire_id": kept.pk}),
        expected_version=None,
        by=COMMAND,
    )
    return kept.pk


def asked_in(survey: Survey) -> list[Addressee]:
    """Return who is asked, in no telling order."""
    return list(survey.asked.order_by("pk"))


def say(asked: Addressee, given: Mapping[str, Value] = HOT, receipt: str = "", **more: Value) -> None:
    """Answer a survey by the questions that are asked now."""
    version = queries.version_for(asked.survey, queries.response_of(queries.asked_in(asked.pk), receipt))
    assert version
    actions.respond(
        asked_id=asked.pk, version_id=version.pk, given={**given, **more}, receipt=receipt, by=LINK
    )


def answered(survey: Survey, step: int, *, pace: bool = True) -> Response:
    """Return what somebody answers to a survey, one question more or less."""
    values = {**HOT, "q1": step} if pace else {key: v for key, v in HOT.items() if key != "q3"} | {"q1": step}
    told = ("kind", "service_type_id", "month", "client_id", "mission_id", "session_id")
    return Response.objects.create(
        **{name: getattr(survey, name) for name in told},
        version=QuestionnaireVersion.objects.get(questionnaire_id=survey.questionnaire_id),
        survey=survey,
        counted=not survey.anonymous,
        values=values,
    )


def fill(session: Session, number: int) -> None:
    """Tell as many more lots like those of a session, each of another month."""
    for like in Sum.objects.filter(session=session):
        for back in range(1, number + 1):
            months = like.month.year * 12 + like.month.month - 1 - back
            like.pk, like.month = None, date(months // 12, months % 12 + 1, 1)
            like.save(force_insert=True)
