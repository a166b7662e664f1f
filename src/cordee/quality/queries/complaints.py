"""Reading the register. Everything but what people raised themselves goes through `visible`: what somebody may not
know of is neither listed, counted nor found.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.periods import start_of_day
from cordee.kernel.permissions import Permission
from cordee.kernel.zones import home
from cordee.quality.models import Complaint, Decision, Exchange
from cordee.quality.rules import Raiser
from cordee.quality.states import OPEN, ComplaintState, Direction, Outcome

_WHO = ("enrolment__participant", "facilitator__user", "contact", "staff", "about_facilitator__user", "owner")
_WHERE = ("session", "mission__order__client")


def visible(actor: Actor) -> QuerySet[Complaint]:
    """Return the complaints that the actor may know of (`rules.may_read`, in SQL), words left unread."""
    found = Complaint.objects.select_related(*_WHO, *_WHERE).defer("words")
    if not actor.may(Permission.VIEW_COMPLAINTS):
        return found.none()
    if not actor.may(Permission.HANDLE_CONFIDENTIAL_COMPLAINTS):
        return found.filter(confidential=False)
    if actor.user_id is None:
        return found
    return found.exclude(confidential=True, about_facilitator__user_id=actor.user_id)


OPEN_ONES = "open"


def listed(
    actor: Actor, *, state: str = OPEN_ONES, kind: str = "", late: bool = False
) -> QuerySet[Complaint]:
    """Return complaints of a state (or all that are open), of a kind, or late. Those to see to: what is due first, so
    that late ones are on top; others: the last first.
    """
    found = visible(actor)
    if kind:
        found = found.filter(kind=kind)
    if late:
        found = found.filter(due_on__lt=clock.today())
    if state == OPEN_ONES or late:
        return found.filter(state__in=OPEN).order_by("due_on", "pk")
    if state in OPEN:
        return found.filter(state=state).order_by("due_on", "pk")
    return (found.filter(state=state) if state else found).order_by("-pk")


def open_count(actor: Actor) -> int:
    return visible(actor).filter(state__in=OPEN).count()


def late_count(actor: Actor) -> int:
    return visible(actor).filter(state__in=OPEN, due_on__lt=clock.today()).count()


def complaint_of(ref: str, actor: Actor) -> Complaint | None:
    """Return a complaint that the actor may know of, what was said included."""
    return visible(actor).defer(None).filter(ref=ref).first()


def raised_by(
    actor: Actor, *, session_id: int | None = None, mission_id: int | None = None
) -> list[Complaint]:
    """Return what somebody with an account raised themselves, the last first; about a session or a mission."""
    if actor.facilitator_id is not None:
        found = Complaint.objects.filter(facilitator_id=actor.facilitator_id)
    else:
        found = Complaint.objects.filter(staff_id=actor.user_id)
    if session_id is not None:
        found = found.filter(session_id=session_id)
    if mission_id is not None:
        found = found.filter(mission_id=mission_id)
    return list(found.order_by("-pk"))


def own(ref: str) -> Complaint | None:
    """Return a complaint for who raised it (ask `rules.raised_by`)."""
    return Complaint.objects.select_related(*_WHO, *_WHERE).filter(ref=ref).first()


def of_enrolment(enrolment_id: int) -> list[Complaint]:
    """Return what a participant raised, the last first: for themselves."""
    return list(Complaint.objects.filter(enrolment_id=enrolment_id).order_by("-pk"))


def open_of(enrolment_ids: Iterable[int], actor: Actor) -> list[str]:
    """Return the references of what is not decided of what a participant raised, for who erases them: nothing instead
    of that of one that they may not know of.
    """
    found = Complaint.objects.filter(enrolment_id__in=set(enrolment_ids), state__in=OPEN).order_by("pk")
    known = set(visible(actor).filter(pk__in=found.values("pk")).values_list("pk", flat=True))
    return [ref if pk in known else "" for pk, ref in found.values_list("pk", "ref")]


def confidential_among(complaint_ids: Iterable[int]) -> frozenset[int]:
    """Return which of these are confidential: one query."""
    found = Complaint.objects.filter(pk__in=set(complaint_ids), confidential=True)
    return frozenset(found.values_list("pk", flat=True))


def of_contact(contact_id: int, mission_id: int) -> list[Complaint]:
    """Return what a client's contact raised about a mission, the last first: for themselves."""
    return list(Complaint.objects.filter(contact_id=contact_id, mission_id=mission_id).order_by("-pk"))


def raised_today(raiser: Raiser) -> int:
    """Return how many complaints somebody raised in the last day."""
    since = clock.now() - timedelta(days=1)
    return Complaint.objects.filter(received_at__gt=since, **asdict(raiser)).count()


def held(complaint_id: int) -> Complaint | None:
    """Return a complaint, held to the end of the transaction, for who writes the mails about it: it is not made
    confidential before they are written.
    """
    found = Complaint.objects.select_related(*_WHO, *_WHERE).select_for_update(of=("self",))
    return found.filter(pk=complaint_id).first()


@dataclass(frozen=True, slots=True)
class Said:
    """Something said of a complaint, or decided of it (`outcome`), at a time (UTC)."""

    complaint_id: int
    at: datetime
    direction: str
    words: str
    user_id: int | None
    outcome: str = ""


def said(complaint_ids: Iterable[int], *, notes: bool) -> list[Said]:
    """Return what was said and decided of these complaints, the first first; with the internal `notes` for those who
    see to them. Two queries.
    """
    ids = list(complaint_ids)
    exchanges = Exchange.objects.filter(complaint_id__in=ids)
    if not notes:
        exchanges = exchanges.exclude(direction=Direction.NOTE)
    found = [
        Said(*row)
        for row in exchanges.order_by("pk").values_list("complaint_id", "at", "direction", "words", "user_id")
    ]
    decided = Decision.objects.filter(complaint_id__in=ids).order_by("pk")
    found += [
        Said(d.complaint_id, d.at, Direction.TO_THEM, d.words, d.user_id, d.get_outcome_display())
        for d in decided
    ]
    return sorted(found, key=lambda one: one.at)


def exchange(exchange_id: int) -> Exchange | None:
    return Exchange.objects.filter(pk=exchange_id).first()


def told_to_raiser(complaint_id: int) -> list[int]:
    """Return what was written to who raised a complaint, the first first: by id."""
    found = Exchange.objects.filter(complaint_id=complaint_id, direction=Direction.TO_THEM)
    return list(found.order_by("pk").values_list("pk", flat=True))


def decisions_of(complaint_id: int) -> list[int]:
    """Return the decisions of a complaint, the first first: by id."""
    return list(
        Decision.objects.filter(complaint_id=complaint_id).order_by("pk").values_list("pk", flat=True)
    )


def decision(decision_id: int) -> Decision | None:
    return Decision.objects.filter(pk=decision_id).first()


def gone_by() -> list[int]:
    """Return the complaints whose day has gone by, and of which nobody was reminded: by id."""
    late = Complaint.objects.filter(state__in=OPEN, due_on__lt=clock.today())
    return [
        pk
        for pk, due_on, told in late.order_by("due_on", "pk").values_list("pk", "due_on", "reminded_of")
        if due_on != told
    ]


@dataclass(frozen=True, slots=True)
class Counted:
    """The register as figures, which tell of nobody: confidential complaints stand apart."""

    received: int = 0
    decided: int = 0
    late: int = 0
    founded: int = 0
    """Decided, and founded at least in part."""
    year_over: int = 0
    """The last calendar year that was over at the end of the period (today, if that comes first)."""
    confidential: int = 0
    """Received in that year: a figure that does not move from one day to the next."""


def counted(since: date, until: date) -> Counted:
    """Return how many were received between two days, both included, and what became of them: one query."""
    year = min(until + timedelta(days=1), clock.today()).year - 1
    plain = Q(confidential=False) & _received(since, until + timedelta(days=1))
    secret = Q(confidential=True) & _received(date(year, 1, 1), date(year + 1, 1, 1))
    return Counted(
        year_over=year,
        **Complaint.objects.filter(plain | secret).aggregate(
            received=Count("pk", filter=plain),
            **{name: Count("pk", filter=plain & taken) for name, taken in _became().items()},
            confidential=Count("pk", filter=secret),
        ),
    )


def _became() -> dict[str, Q]:
    """Return what became of complaints, by the names that `Counted` has for it."""
    return {
        "decided": Q(state=ComplaintState.DECIDED),
        "late": Q(state__in=OPEN, due_on__lt=clock.today()),
        "founded": Q(outcome__in=(Outcome.FOUNDED, Outcome.PARTLY)),
    }


def behind_counted(name: str, since: date, until: date) -> QuerySet[Complaint]:
    """Return those that a number of `counted` counts, the latest first: none is confidential, words left unread."""
    plain = Q(confidential=False) & _received(since, until + timedelta(days=1))
    return Complaint.objects.filter(plain, _became()[name]).defer("words").order_by("-received_at", "-pk")


def _received(since: date, before: date) -> Q:
    return Q(received_at__gte=start_of_day(since, home()), received_at__lt=start_of_day(before, home()))


def open_to_all_on(mission_ids: Iterable[int]) -> list[Complaint]:
    """Return what was told of missions and is not confidential, words left unread: one query."""
    found = Complaint.objects.filter(confidential=False, mission_id__in=set(mission_ids))
    return list(found.defer("words").order_by("pk"))
