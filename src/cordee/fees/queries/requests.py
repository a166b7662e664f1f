"""Reading fees: what can be asked for, what was asked, what each person is owed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery, Sum

from cordee.attendance.queries import UNRECORDED
from cordee.catalogue.queries import RateQuestion, rates_for
from cordee.catalogue.states import PaidRole
from cordee.fees import rules
from cordee.fees.models import ExtraRequest, FeeLine, FeeRequest
from cordee.fees.states import LIVE, RequestKind, RequestStatus
from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.periods import Month
from cordee.kernel.refusals import Blocker
from cordee.missions.models import Mission, OrderLine
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.models import Assignment, Session
from cordee.planning.states import COUNTED, SessionStatus, StaffRole
from cordee.prepared import prepared


@dataclass(frozen=True, slots=True)
class FeeCandidate:
    """A fee that could be asked for: who, for which session, how much (euros excluding VAT),
    and what stands in the way.
    """

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
    """Return the fees that can be asked for on a mission now,
    those held back with the reason, and the total.
    """
    candidates = _candidates(mission)
    ready = [c for c in candidates if not c.blockers]
    held = [c for c in candidates if c.blockers]
    to_come = Session.objects.filter(mission=mission, status=SessionStatus.PLANNED, ends_at__gt=clock.now())
    early = to_come.exists()
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
    day = session.starts.date()
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
    return list(
        rules.once_a_month(
            limited=the_organisation().once_a_month,
            already=standing_this_month([mission.pk]).last(),
            allowed=unused_leave(mission.pk) is not None,
            month=this_month(),
        )
    )


def standing_this_month(mission_ids: Iterable[int]) -> QuerySet[FeeRequest]:
    """Return the requests of this month that stand on these missions, oldest first: they count for the limit."""
    found = FeeRequest.objects.filter(mission_id__in=set(mission_ids), month=this_month().first_day)
    return found.filter(kind=RequestKind.FACILITATION, status__in=LIVE).order_by("pk")


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


def all_lines(mission_ids: Iterable[int]) -> list[FeeLine]:
    """Return every fee ever asked for on missions with its request, released ones included, oldest first."""
    return _all_lines(list(mission_ids))


@prepared
def _all_lines(mission_ids: list[int]) -> QuerySet[FeeLine]:
    return (
        FeeLine.objects.filter(request__mission_id__in=mission_ids).select_related("request").order_by("pk")
    )


def requests_of(mission_id: int) -> list[FeeRequest]:
    """Return a mission's requests with their lines, newest first: two queries."""
    lines = FeeLine.objects.select_related("facilitator__user", "session", "line__service_type").order_by(
        "pk"
    )
    found = FeeRequest.objects.filter(mission_id=mission_id).prefetch_related(Prefetch("lines", lines))
    return list(found.order_by("-pk"))


def requests(status: str = "", *, month: Month | None = None) -> QuerySet[FeeRequest]:
    """Return requests with their totals; those to approve oldest first, others newest first."""
    lines = FeeLine.objects.filter(request=OuterRef("pk")).order_by().values("request")
    # Subqueries, so that only the rows of the page are added up.
    found = FeeRequest.objects.select_related(
        "mission__order__client", "mission__coordinator__user"
    ).annotate(
        total=Subquery(lines.annotate(n=Sum("amount")).values("n")),
        people=Subquery(lines.annotate(n=Count("facilitator", distinct=True)).values("n")),
    )
    if status:
        found = found.filter(status=status)
    if month:
        found = found.filter(month=month.first_day)
    oldest_first = status == RequestStatus.SENT
    return found.order_by("sent_at", "pk") if oldest_first else found.order_by("-sent_at", "-pk")


def months_of_requests(limit: int = 24) -> list[Month]:
    """Return the months in which fees were asked for, the latest first."""
    days = FeeRequest.objects.order_by("-month").values_list("month", flat=True).distinct()
    return [Month.of(day) for day in days[:limit]]


def request_by_ref(ref: str) -> FeeRequest | None:
    """Return a request with its mission and lines."""
    lines = FeeLine.objects.select_related("facilitator__user", "session", "line__service_type").order_by(
        "pk"
    )
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
        .select_related("request__mission__order__client", "session")
        .order_by("-pk")
    )


def years_of(facilitator_id: int) -> list[int]:
    """Return the years in which fees of somebody were asked for, newest first."""
    months = FeeLine.objects.filter(facilitator_id=facilitator_id, released=False).order_by()
    return sorted(set(months.values_list("request__month__year", flat=True)), reverse=True)


def not_requested(facilitator_id: int) -> QuerySet[Assignment]:
    """Return somebody's places on sessions, past and to come, for which no fee stands yet, first session first.

    Each tells what its fee may wait for: whether presence is recorded (`proven`), the request that stands this month on
    its mission (`asked`), and why finance returned it the last time (`returned`).
    """
    live = FeeLine.objects.filter(
        session_id=OuterRef("session_id"),
        facilitator_id=OuterRef("facilitator_id"),
        kind=RequestKind.FACILITATION,
        released=False,
    )
    places = planning.assignments_of_facilitator(facilitator_id)
    proven = Session.objects.filter(~Exists(UNRECORDED), pk=OuterRef("session_id"))
    asked = FeeRequest.objects.filter(
        mission=OuterRef("session__mission_id"),
        month=this_month().first_day,
        kind=RequestKind.FACILITATION,
        status__in=LIVE,
    )
    returned = FeeLine.objects.filter(
        session_id=OuterRef("session_id"),
        facilitator_id=OuterRef("facilitator_id"),
        released=True,
        request__status=RequestStatus.RETURNED,
    )
    return (
        places.filter(role=StaffRole.FACILITATOR, status__in=COUNTED)
        .exclude(Exists(live))
        .annotate(
            proven=Exists(proven),
            asked=Subquery(asked.order_by("-pk").values("ref")[:1]),
            returned=Subquery(returned.order_by("-request_id").values("request__return_reason")[:1]),
        )
    )


def coordination_rates(mission: Mission, lines: Sequence[OrderLine]) -> dict[int, Money]:
    """Return the coordination fee per prestation of each line that has one, zero included, in two queries.

    From the order, else from the schedule in force today: it is due on the day of closure.
    """
    role, sector, day = PaidRole.COORDINATION, mission.order.sector, clock.today()
    agreed = {line.pk: line.coordination_fee for line in lines}
    questions = {line.pk: RateQuestion(line.service_type_id, sector, role, day) for line in lines}
    rates = rates_for(questions.values())
    found = {pk: rates[question] for pk, question in questions.items() if question in rates}
    return found | {pk: Money(amount) for pk, amount in agreed.items() if amount is not None}


def coordination_request(mission_id: int) -> FeeRequest | None:
    """Return the coordination fee that stands on a mission, if any."""
    return FeeRequest.objects.filter(
        mission_id=mission_id, kind=RequestKind.COORDINATION, status__in=LIVE
    ).first()


def coordination_came_back(mission_id: int) -> bool:
    """Tell whether finance returned the last coordination fee of a mission."""
    asked = FeeRequest.objects.filter(mission_id=mission_id, kind=RequestKind.COORDINATION)
    last = asked.order_by("-pk").first()
    return last is not None and last.status == RequestStatus.RETURNED


def to_approve_sum() -> tuple[int, Money]:
    """Return how many requests wait for finance, and what they come to, euros excluding VAT: one query."""
    found = FeeRequest.objects.filter(status=RequestStatus.SENT)
    counted = found.aggregate(requests=Count("pk", distinct=True), amount=Sum("lines__amount"))
    return counted["requests"], Money(counted["amount"] or Decimal(0))


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
