"""What is asked of somebody on a session, and who has not answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from cordee.catalogue import queries as catalogue
from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.states import QuestionnaireKind
from cordee.enrolment.models import Enrolment
from cordee.planning.models import Session
from cordee.surveys.models import Answers


@dataclass(frozen=True, slots=True)
class Asked:
    """What one person is asked, and what they have answered so far."""

    version: QuestionnaireVersion
    answers: Answers | None


def asked(enrolment: Enrolment, kind: QuestionnaireKind) -> Asked | None:
    """Return what somebody is asked: the version they have answered to already, else the one published now."""
    answers = (
        Answers.objects.filter(enrolment=enrolment, kind=kind)
        .select_related("version__questionnaire")
        .first()
    )
    if answers:
        return Asked(answers.version, answers)
    service = enrolment.session.line.service_type
    version = catalogue.version_asked(catalogue.asked_by(service, kind))
    return Asked(version, None) if version else None


def placement_wanted(session: Session) -> bool:
    """Tell whether people on this session are asked a placement questionnaire."""
    # A service is only given a questionnaire that is published.
    return catalogue.asked_by(session.line.service_type, QuestionnaireKind.PLACEMENT) is not None


def silent(
    session_ids: Iterable[int], kind: QuestionnaireKind = QuestionnaireKind.PLACEMENT
) -> list[Enrolment]:
    """Return who can be written to on these sessions and has not answered, in one query."""
    answered = Answers.objects.filter(enrolment_id=OuterRef("pk"), kind=kind)
    coming = Enrolment.objects.filter(~Exists(answered), session_id__in=set(session_ids), cancelled_at=None)
    found = coming.exclude(participant__email="").select_related("participant")
    return list(found.order_by("pk"))


def unanswered(
    enrolment_ids: Iterable[int], kind: QuestionnaireKind = QuestionnaireKind.PLACEMENT
) -> set[int]:
    """Return which of these people have not answered, in one query."""
    wanted = set(enrolment_ids)
    answered = Answers.objects.filter(enrolment_id__in=wanted, kind=kind)
    return wanted - set(answered.values_list("enrolment_id", flat=True))
