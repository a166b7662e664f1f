"""Who is asked by surveys, and what waits to be told or closed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Count, Exists, OuterRef

from cordee.attendance import queries as attendance
from cordee.catalogue import queries as catalogue
from cordee.catalogue.models import QuestionnaireVersion, ServiceType
from cordee.catalogue.states import QuestionnaireKind
from cordee.kernel import clock
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.surveys.models import Addressee, Response, Survey
from cordee.surveys.rules import Value
from cordee.surveys.states import FEWEST_TOLD, OPEN_FOR, QR_BEFORE

WHO = ("enrolment_id", "contact_id", "facilitator_id")


def asked_in(asked_id: int) -> Addressee:
    """Return somebody asked, with the survey. Raises `Addressee.DoesNotExist` once it has closed."""
    return Addressee.objects.select_related("survey__mission", "survey__session").get(pk=asked_id)


def asked_or_none(asked_id: int) -> Addressee | None:
    """Return a contact or a facilitator who is asked, with what is told to them."""
    about = ("survey__mission__order", "survey__session", "contact", "facilitator__user")
    return Addressee.objects.select_related(*about).filter(pk=asked_id).first()


def response_of(asked: Addressee, receipt: str, *, by_receipt: bool = False) -> Response | None:
    """Return what somebody answered: by their name, or of an anonymous survey by the receipt that they keep;
    `by_receipt`: by that alone, for whoever asks may be somebody else.
    """
    if not asked.answered:
        return None
    found = Response.objects.filter(survey=asked.survey_id)
    if asked.survey.anonymous:
        digest = digest_of_receipt(receipt)
        return found.filter(counted=False, receipt=digest).first() if digest else None
    theirs = found.filter(**{name: getattr(asked, name) for name in WHO}).first()
    if by_receipt and theirs and theirs.receipt != digest_of_receipt(receipt):
        return None
    return theirs


def digest_of_receipt(receipt: str) -> str:
    """Return by what an answer knows the receipt that was given for it."""
    return sha256(receipt.encode()).hexdigest() if receipt else ""


def version_for(survey: Survey, before: Response | None) -> QuestionnaireVersion | None:
    """Return the questions that somebody is asked: those they answered, else those published now."""
    return before.version if before else catalogue.version_asked(survey.questionnaire_id)


IN_ROOM = (QuestionnaireKind.CHECK, QuestionnaireKind.HOT)
"""What people are asked while they are still there, in this order."""


def opens_in_room(session: Session, kinds: Iterable[QuestionnaireKind] = IN_ROOM) -> bool:
    """Tell whether people in the room are asked one of these: from a little before its end, for some weeks."""
    now = clock.now()
    if session.status != SessionStatus.PLANNED or now < session.ends_at - QR_BEFORE:
        return False
    return any(is_asked_after(session, kind) for kind in kinds)


def is_asked_after(session: Session, kind: QuestionnaireKind) -> bool:
    """Tell whether who was on this session is asked this, now."""
    asked = catalogue.asked_by(session.line.service_type, kind)
    return asked is not None and clock.now() < session.ends_at + OPEN_FOR[kind]


def asked_after(session: Session) -> list[QuestionnaireKind]:
    """Return what who was on this session is asked right afterwards, now."""
    return [kind for kind in IN_ROOM if is_asked_after(session, kind)]


def surveys_of(enrolment_id: int) -> list[Addressee]:
    """Return the surveys that somebody on a session is asked to answer, those that can be answered: one query."""
    found = Addressee.objects.filter(
        enrolment_id=enrolment_id, survey__closed_at=None, survey__closes_at__gt=clock.now()
    )
    return list(found.select_related("survey").order_by("pk"))


def asked_of_enrolment(enrolment_id: int, kind: QuestionnaireKind) -> Addressee | None:
    found = Addressee.objects.filter(enrolment_id=enrolment_id, survey__kind=kind)
    return found.select_related("survey__mission", "survey__session").first()


def given_by(response: Response | None) -> dict[str, Value]:
    """Return all that an answer says, by the key of the question, answers in words among it."""
    if response is None:
        return {}
    return {**response.values, **{comment.key: comment.text for comment in response.comments.all()}}


COLD_WITHIN = timedelta(days=7)
"""So long after its day a cold survey still begins: a service that asks one from now on does not ask about years."""


def cold_due(now: datetime) -> list[int]:
    """Return the sessions, presence recorded, whose cold survey is due and has not begun."""
    asking = ServiceType.objects.filter(cold_questionnaire__isnull=False)
    found: list[int] = []
    for service_id, days in asking.values_list("pk", "cold_after_days").order_by("pk"):
        day = now - timedelta(days=days)
        sessions = Session.objects.filter(
            ~Exists(Survey.objects.filter(session=OuterRef("pk"), kind=QuestionnaireKind.COLD)),
            line__service_type_id=service_id,
            status=SessionStatus.PLANNED,
            ends_at__gt=day - COLD_WITHIN,
            ends_at__lte=day,
        )
        found += sessions.order_by("pk").values_list("pk", flat=True)
    return sorted(attendance.proven_sessions(found)) if found else []


def is_over(session_id: int) -> bool:
    """Tell whether a session took place and is over."""
    return Session.objects.filter(
        pk=session_id, status=SessionStatus.PLANNED, ends_at__lte=clock.now()
    ).exists()


def survey(survey_id: int) -> Survey:
    """Return a survey with what is told of it."""
    about = ("session__mission__order__client", "session__line", "mission__order__client", "service_type")
    return Survey.objects.select_related(*about).get(pk=survey_id)


def opened_between(kind: QuestionnaireKind, after: datetime, until: datetime) -> list[Survey]:
    """Return the surveys of a kind that began in this time (UTC) and are not closed."""
    found = Survey.objects.filter(
        kind=kind, closed_at=None, opened_at__gt=after, opened_at__lte=until, closes_at__gt=clock.now()
    )
    return list(found.order_by("mission_id", "pk"))


def open_for_contact(contact_id: int) -> list[int]:
    """Return the open surveys that ask a client's contact."""
    found = Addressee.objects.filter(contact_id=contact_id, answered=False, survey__closed_at=None)
    return list(found.order_by("survey_id").values_list("survey_id", flat=True))


def last_session(mission_id: int) -> Session | None:
    """Return the last session of a mission once all are over; nothing while one is to come."""
    sessions = Session.objects.filter(mission_id=mission_id, status=SessionStatus.PLANNED)
    last = sessions.select_related("line__service_type").order_by("-ends_at", "-pk").first()
    return last if last and last.ends_at <= clock.now() else None


def to_tell() -> list[int]:
    """Return the anonymous surveys of which enough answers wait."""
    waiting = Response.objects.filter(counted=False, survey__isnull=False).values("survey_id")
    enough = waiting.annotate(n=Count("pk")).filter(n__gte=FEWEST_TOLD).order_by("survey_id")
    return list(enough.values_list("survey_id", flat=True))


def to_close(now: datetime) -> list[int]:
    found = Survey.objects.filter(closed_at=None, closes_at__lte=now).order_by("mission_id", "pk")
    return list(found.values_list("pk", flat=True))


def missions_waiting() -> list[int]:
    """Return the missions with answers that were too few for their session."""
    left = Response.objects.filter(counted=False, survey=None, mission__isnull=False)
    return sorted(set(left.values_list("mission_id", flat=True)))


def silent_in(survey_ids: Iterable[int]) -> list[Addressee]:
    """Return who is asked by these surveys and has not answered: one query."""
    found = Addressee.objects.filter(survey_id__in=set(survey_ids), answered=False)
    about = ("survey", "enrolment__participant", "contact", "facilitator__user")
    return list(found.select_related(*about).order_by("pk"))
