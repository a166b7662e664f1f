"""Reading access needs. Lists never read what was told: only one request, asked for by who may, does."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from cordee.accommodation.models import AccommodationRequest
from cordee.accommodation.states import RequestState
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.planning.states import SessionStatus

_WHOLE = ("enrolment__participant", "enrolment__session__mission__order__client")


def request(request_id: int) -> AccommodationRequest | None:
    """Return one request with its person and session, what was told included."""
    return AccommodationRequest.objects.select_related(*_WHOLE).filter(pk=request_id).first()


def of_enrolment(enrolment_id: int) -> list[AccommodationRequest]:
    """Return what one participant asked for, the last first, what they told included: for themselves."""
    return list(AccommodationRequest.objects.filter(enrolment_id=enrolment_id).order_by("-pk"))


def requests(state: str = "") -> QuerySet[AccommodationRequest]:
    """Return requests, what is due first (those settled: the last first); of one state, or all."""
    found = AccommodationRequest.objects.select_related(*_WHOLE).defer("need")
    if state == RequestState.OPEN:
        return _waiting(found).order_by("due_on", "pk")
    if state:
        found = found.filter(state=state)
    return found.order_by("-settled_at", "-pk") if state else found.order_by("-pk")


def _waiting(found: QuerySet[AccommodationRequest]) -> QuerySet[AccommodationRequest]:
    """Leave out those of people who do not come any more: there is nothing left to adapt."""
    return found.filter(
        state=RequestState.OPEN,
        enrolment__cancelled_at=None,
        enrolment__session__status=SessionStatus.PLANNED,
    )


def waiting_count() -> int:
    return _waiting(AccommodationRequest.objects.all()).count()


def done_count() -> int:
    return AccommodationRequest.objects.filter(state=RequestState.DONE).count()


def late_count() -> int:
    return _waiting(AccommodationRequest.objects.filter(due_on__lt=clock.today())).count()


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What is adapted for somebody on a session, as who runs it reads it."""

    name: str
    text: str
    in_place: bool


def adaptations(session_id: int) -> list[Adaptation]:
    """Return what is, or will be, adapted on a session, in one query; never why."""
    found = AccommodationRequest.objects.filter(
        enrolment__session_id=session_id,
        enrolment__cancelled_at=None,
        state__in=(RequestState.OPEN, RequestState.DONE),
    )
    rows = found.exclude(adaptation="").select_related("enrolment__participant").defer("need").order_by("pk")
    return [
        Adaptation(r.enrolment.participant.full_name, r.adaptation, r.state == RequestState.DONE)
        for r in rows
    ]


def open_of_sessions(session_ids: Iterable[int]) -> list[AccommodationRequest]:
    """Return the requests to see to on these sessions, each with its session."""
    found = AccommodationRequest.objects.filter(
        state=RequestState.OPEN, enrolment__session_id__in=set(session_ids)
    )
    return list(found.select_related("enrolment__session").defer("need").order_by("pk"))


def enrolment(enrolment_id: int) -> Enrolment:
    """Return somebody's place with its session and mission."""
    return Enrolment.objects.select_related("session__mission").get(pk=enrolment_id)
