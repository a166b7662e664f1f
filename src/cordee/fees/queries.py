"""Reading fees: what can be asked for, what was asked, what each person is owed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, QuerySet, Sum

from cordee.catalogue.queries import RateQuestion, rates_for
from cordee.catalogue.states import PaidRole
from cordee.fees import rules
from cordee.fees.models import ExtraRequest, FeeLine, FeeRequest
from cordee.fees.states import LIVE, RequestKind, RequestStatus
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.periods import Month, local
from cordee.kernel.refusals import Blocker
from cordee.missions.models import Mission
from cordee.organisation.queries import the_organisation
from cordee.planning.models import Assignment
from cordee.planning.states import COUNTED, SessionStatus, StaffRole


@dataclass(frozen=True, slots=True)
class FeeCandidate:
    """A fee that could be asked for: who, for which session, how much (euros excluding VAT), and what stands in the way."""

    assignment: Assignment
    amount: Money | None
    from_order: bool
    blockers: list[Blocker] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FeePreview:
    """A fee request as it would be sent now."""

    ready: list[FeeCandidate]
    held: list[FeeCandidate]
    early: bool
    blockers: list[Blocker]

    @property
    def total(self) -> Money:
        return Money.total(c.amount for c in self.ready if c.amount)


def preview(mission: Mission) -> FeePreview:
    """Return the fees that can be asked for on a mission now, those held back with the reason, and the total."""
    candidates = _candidates(mission)
    ready = [c for c in candidates if not c.blockers]
    held = [c for c in candidates if c.blockers]
    now = clock.now()
    early = any(c.assignment.session.ends_at > now for c in held)
    blockers = [*rules.something_is_asked(len(ready)), *month_blockers(mission)]
    return FeePreview(ready, held, early, blockers)


def _candidates(mission: Mission) -> list[FeeCandidate]:
    places = (
        Assignment.objects.filter(
            session__mission=mission,
            session__status=SessionStatus.PLANNED,
            role=StaffRole.FACILITATOR,
            status__in=COUNTED,
        )
        .select_related("session__line__service_type", "session__mission__order", "facilitator__user")
        .order_by("session__starts_at", "session__position", "pk")
    )
    taken = set(live_lines([mission.pk]).values_list("session_id", "facilitator_id"))
    waiting = [p for p in places if (p.session_id, p.facilitator_id) not in taken]
    questions = {p.pk: _question(p) for p in waiting}
    rates = rates_for(questions.values())
    return [_candidate(p, rates.get(questions[p.pk])) for p in waiting]


def _question(place: Assignment) -> RateQuestion:
    session = place.session
    day = local(session.starts_at, session.time_zone).date()
    order = session.mission.order
    return RateQuestion(session.line.service_type_id, order.sector, PaidRole.FACILITATION, day)


def _candidate(place: Assignment, rate: Money | None) -> FeeCandidate:
    override = place.session.line.facilitation_fee
    amount = Money(override) if override is not None else rate
    blockers = [
        *rules.has_ended(place.session),
        *rules.is_confirmed(place),
        *rules.has_a_rate(amount, place.session),
    ]
    return FeeCandidate(place, amount, override is not None, blockers)


def expected_fees(places: Iterable[Assignment]) -> dict[int, Money]:
    """Return what each place on a session would pay, by assignment, where an amount is set."""
    paid = [p for p in places if p.role == StaffRole.FACILITATOR]
    rates = rates_for(_question(p) for p in paid)
    found: dict[int, Money] = {}
    for p in paid:
        override = p.session.line.facilitation_fee
        amount = Money(override) if override is not None else rates.get(_question(p))
        if amount is not None:
            found[p.pk] = amount
    return found


def this_month() -> Month:
    """Return the present calendar month in France."""
    return Month.of(clock.today())


def month_blockers(mission: Mission) -> list[Blocker]:
    """Return why no request can be sent this month, if so."""
    month = this_month()
    already = FeeRequest.objects.filter(
        mission=mission, kind=RequestKind.FACILITATION, status__in=LIVE, month=month.first_day
    ).order_by("-pk")
    return list(
        rules.once_a_month(
            limited=the_organisation().once_a_month,
            already=already.first(),
            allowed=unused_leave(mission.pk) is not None,
            month=month,
        )
    )


def unused_leave(mission_id: int) -> ExtraRequest | None:
    """Return the leave finance gave for one more request this month, if it was not used yet."""
    return ExtraRequest.objects.filter(
        mission_id=mission_id, month=this_month().first_day, used_by=None
    ).first()


def live_lines(mission_ids: Iterable[int]) -> QuerySet[FeeLine]:
    """Return the facilitation fees that stand on these missions: sent and not returned."""
    return FeeLine.objects.filter(
        request__mission_id__in=set(mission_ids), kind=RequestKind.FACILITATION, released=False
    )


def all_lines(mission_id: int) -> QuerySet[FeeLine]:
    """Return every fee ever asked for on a mission with its request, released ones included, oldest first."""
    return (
        FeeLine.objects.filter(request__mission_id=mission_id)
        .select_related("request", "facilitator__user", "session")
        .order_by("pk")
    )


def requested_by_line(mission_ids: Iterable[int]) -> dict[int, int]:
    """Return how many prestations of each order line are in a request that stands, in one query."""
    rows = live_lines(mission_ids).values("line_id").annotate(n=Count("pk"))
    return {row["line_id"]: row["n"] for row in rows}


def requests_of(mission_id: int) -> list[FeeRequest]:
    """Return a mission's requests with their lines, newest first: two queries."""
    lines = FeeLine.objects.select_related("facilitator__user", "session", "line__service_type").order_by("pk")
    found = FeeRequest.objects.filter(mission_id=mission_id).prefetch_related(Prefetch("lines", lines))
    return list(found.order_by("-pk"))


def requests(status: str = "") -> QuerySet[FeeRequest]:
    """Return requests with their totals; those to approve oldest first, others newest first."""
    found = FeeRequest.objects.select_related("mission__order__client", "mission__coordinator__user").annotate(
        total=Sum("lines__amount"), people=Count("lines__facilitator", distinct=True)
    )
    if status:
        found = found.filter(status=status)
    return found.order_by("sent_at", "pk") if status == RequestStatus.SENT else found.order_by("-sent_at", "-pk")


def request_by_ref(ref: str) -> FeeRequest | None:
    """Return a request with its mission and lines."""
    lines = FeeLine.objects.select_related("facilitator__user", "session", "line__service_type").order_by("pk")
    return (
        FeeRequest.objects.select_related("mission__order__client", "mission__coordinator__user")
        .prefetch_related(Prefetch("lines", lines))
        .filter(ref=ref)
        .first()
    )


def fees_of(facilitator_id: int) -> QuerySet[FeeLine]:
    """Return somebody's fees that stand, newest first."""
    return (
        FeeLine.objects.filter(facilitator_id=facilitator_id, released=False)
        .select_related("request__mission__order__client", "session", "line__service_type")
        .order_by("-pk")
    )


def coordination_request(mission_id: int) -> FeeRequest | None:
    """Return the coordination fee that stands on a mission, if any."""
    return FeeRequest.objects.filter(
        mission_id=mission_id, kind=RequestKind.COORDINATION, status__in=LIVE
    ).first()


def to_approve_count() -> int:
    return FeeRequest.objects.filter(status=RequestStatus.SENT).count()


def approved_lines(month: Month | None = None) -> QuerySet[FeeLine]:
    """Return the approved fees, oldest first, of one month or all: what finance pays."""
    found = FeeLine.objects.filter(request__status=RequestStatus.APPROVED, released=False).select_related(
        "request__mission__order__client", "facilitator__user", "session", "line__service_type"
    )
    if month:
        found = found.filter(request__month=month.first_day)
    return found.order_by("request__decided_at", "pk")
