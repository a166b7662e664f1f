"""Where sheets stand, and what that makes of their sessions and of what is paid for them."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from cordee.attendance.queries import UNRECORDED, unrecorded
from cordee.conformity.models import REASON_LABELS, Decision, SheetReview
from cordee.conformity.states import REVIEW_WITHIN, Proof, Reason, SheetState
from cordee.deposits import queries as deposits
from cordee.kernel import clock
from cordee.kernel.refusals import Turn
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.prepared import prepared


def review_of(session_id: int) -> SheetReview:
    """Return where the sheet of a session stands; one that is not written yet where nobody submitted it."""
    return reviews([session_id]).get(session_id) or SheetReview(session_id=session_id, since=clock.now())


def reviews(session_ids: Iterable[int]) -> dict[int, SheetReview]:
    """Return where the sheets of sessions stand, by session, in one query; of those that were submitted once."""
    return {review.session_id: review for review in _reviews(set(session_ids))}


@prepared
def _reviews(session_ids: set[int]) -> QuerySet[SheetReview]:
    return SheetReview.objects.filter(session_id__in=session_ids)


def decisions(review: SheetReview) -> list[Decision]:
    """Return everything that was decided of a sheet, the latest first."""
    return list(Decision.objects.filter(review_id=review.pk).order_by("-pk")) if review.pk else []


def needs_sheet(sector: str, organisation: Organisation) -> bool:
    """Tell whether sessions of this sector are proven by a signed sheet."""
    return sector in organisation.sheet_sectors


_ITS_PAGES = deposits.unsettled().filter(session=OuterRef("pk"))
_PAGES_OF_NO_SESSION = deposits.unsettled().filter(
    session=None, file__deposit__mission=OuterRef("mission_id")
)
_ITS_REVIEW = SheetReview.objects.filter(session_id=OuterRef("pk"))


class Standing(NamedTuple):
    """What is known of the proof of a session: its presence, and where its sheet stands if it was submitted once."""

    session_id: int
    recorded: bool
    """Presence is, for every half-day."""
    state: str | None
    fully_signed: bool | None
    since: datetime | None
    pages_wait: bool
    """Signed pages of it, or of its mission and no session yet, were deposited and nobody said what stands on them."""


def standings(session_ids: Iterable[int]) -> dict[int, Standing]:
    """Return what is known of the proof of sessions, by session, in one query."""
    return {row[0]: Standing(*row) for row in _standings(set(session_ids))}


@prepared
def _standings(session_ids: set[int]) -> QuerySet[Session, tuple[Any, ...]]:
    return (
        Session.objects.filter(pk__in=session_ids)
        .annotate(
            recorded=~Exists(UNRECORDED),
            sheet_state=Subquery(_ITS_REVIEW.values("state")),
            sheet_signed=Subquery(_ITS_REVIEW.values("fully_signed")),
            sheet_since=Subquery(_ITS_REVIEW.values("since")),
            pages_wait=ExpressionWrapper(
                Q(Exists(_ITS_PAGES) | Exists(_PAGES_OF_NO_SESSION)), output_field=BooleanField()
            ),
        )
        .values_list("pk", "recorded", "sheet_state", "sheet_signed", "sheet_since", "pages_wait")
    )


def proof_of(at: Standing, *, needed: bool) -> Proof:
    """Return how far a session that was held is proven. `needed`: by a sheet, too."""
    if not at.recorded:
        return Proof.NO_PRESENCE
    state = SheetState(at.state or SheetState.IN_PROGRESS)
    if state == SheetState.REFUSED:
        return Proof.REFUSED  # also where none is needed: what quality found wrong is not proven
    if not needed or state == SheetState.ACCEPTED or at.fully_signed:
        return Proof.PROVEN
    return Proof.AT_QUALITY if state == SheetState.SUBMITTED else Proof.NO_SHEET


def proofs(sessions: Collection[Session], organisation: Organisation | None = None) -> dict[int, Proof]:
    """Return how far sessions are proven that were read with their order: one query, and one for the organisation when
    it was not read already.
    """
    if not sessions:
        return {}
    organisation, known = organisation or the_organisation(), standings(s.pk for s in sessions)
    return {
        s.pk: proof_of(known[s.pk], needed=needs_sheet(s.mission.order.sector, organisation))
        for s in sessions
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Why fees of a session are not paid yet: in words, since when (UTC), and whose turn it is."""

    session_ref: str
    session_title: str
    proof: Proof
    why: str
    since: datetime
    turn: Turn


def holds(session_ids: Iterable[int], organisation: Organisation | None = None) -> dict[int, Hold]:
    """Return what holds the payment of those who run these sessions, by session: five queries at most.

    Fees may be asked for and approved all the same. What has not ended is not held: nothing is due for it yet.
    """
    return holds_on(planning.with_sectors(session_ids), organisation)


def holds_on(sessions: Iterable[Session], organisation: Organisation | None = None) -> dict[int, Hold]:
    """Return the same of sessions that were read with their order: four queries at most, and one fewer when the
    organisation was read already.
    """
    now = clock.now()
    ended = [s for s in sessions if s.ends_at <= now and s.status == SessionStatus.PLANNED]
    found = {pk: proof for pk, proof in proofs(ended, organisation).items() if proof != Proof.PROVEN}
    known = reviews(found) if found else {}
    refused = refusals(pk for pk, proof in found.items() if proof == Proof.REFUSED)
    return {s.pk: _hold(s, found[s.pk], known.get(s.pk), refused.get(s.pk)) for s in ended if s.pk in found}


def held(organisation: Organisation, path: str = "") -> Q:
    """Return the condition that `holds` says something of a session, for a query over rows that reach one by `path`
    (`session__`); the suite compares the two.
    """
    return held_at(organisation.sheet_sectors, clock.now(), path)


def held_at(sectors: Collection[str], now: datetime, path: str = "") -> Q:
    """Return the same at a moment (UTC), where sessions of these sectors are proven by a sheet."""
    sheet = SheetReview.objects.filter(session_id=OuterRef(f"{path}pk"))
    is_proven = Exists(sheet.filter(Q(state=SheetState.ACCEPTED) | Q(fully_signed=True)))
    wrong = Q(Exists(unrecorded(OuterRef(f"{path}pk")))) | Q(Exists(sheet.filter(state=SheetState.REFUSED)))
    needed = Q(**{f"{path}mission__order__sector__in": sectors})
    ended = {f"{path}ends_at__lte": now, f"{path}status": SessionStatus.PLANNED}
    return Q(**ended) & (wrong | needed & ~Q(is_proven))


def coordination_holds(
    mission_ids: Iterable[int], organisation: Organisation | None = None
) -> dict[int, list[Hold]]:
    """Return what holds the coordination fee of missions, by mission; nothing unless the organisation says so."""
    wanted = set(mission_ids)
    if not wanted or not (organisation or the_organisation()).hold_coordination:
        return {}
    ids = [s.pk for s in planning.sessions_of_missions(wanted)]
    mission_of = {s.pk: s.mission_id for s in planning.with_orders(ids)}
    found: dict[int, list[Hold]] = {}
    for pk, hold in holds(ids).items():
        found.setdefault(mission_of[pk], []).append(hold)
    return found


def _hold(session: Session, proof: Proof, review: SheetReview | None, refused: Decision | None) -> Hold:
    why = {
        Proof.NO_PRESENCE: _("Presence is not recorded for every half-day."),
        Proof.NO_SHEET: _(
            "The attendance sheet is not complete: signatures are missing, or it was not submitted."
        ),
        Proof.AT_QUALITY: _("Quality looks at the attendance sheet."),
        Proof.REFUSED: _("Quality refused the attendance sheet: %(reasons)s.")
        % {"reasons": reasons_text(refused.reasons) if refused else ""},
    }[proof]
    return Hold(
        session_ref=session.ref,
        session_title=session.title,
        proof=proof,
        why=why,
        since=review.since if review and proof != Proof.NO_PRESENCE else session.ends_at,
        turn=Turn.QUALITY if proof == Proof.AT_QUALITY else Turn.COORDINATOR,
    )


def reasons_text(reasons: Iterable[str]) -> str:
    """Return why a sheet was refused, in words."""
    labels = [str(REASON_LABELS[Reason(code)]) for code in reasons]
    return ", ".join(label[0].lower() + label[1:] for label in labels)


def refusals(session_ids: Iterable[int]) -> dict[int, Decision]:
    """Return the last refusal of each of these sheets, by session, in one query."""
    wanted = set(session_ids)
    found = Decision.objects.filter(review__session_id__in=wanted, move="refuse").select_related("review")
    return {d.review.session_id: d for d in found.order_by("pk")} if wanted else {}


def queue(
    state: str = "",
    *,
    late: bool = False,
    refused_since: datetime | None = None,
    reason: Reason | None = None,
) -> QuerySet[SheetReview]:
    """Return sheets with their sessions: those to look at in the order in which they came, others the latest first.

    `late`: those that quality should have looked at by now; `refused_since`: those refused after a moment (UTC),
    whatever became of them, for a `reason` or any.
    """
    found = SheetReview.objects.select_related(
        "session__mission__order__client", "session__mission__coordinator__user"
    )
    if state:
        found = found.filter(state=state)
    if late:
        found = found.filter(state=SheetState.SUBMITTED, since__lt=clock.now() - REVIEW_WITHIN)
    if refused_since:
        refused = _refused(refused_since).filter(review=OuterRef("pk"))
        found = found.filter(Exists(refused.filter(_because(reason)) if reason else refused))
    return found.order_by("since", "pk") if state == SheetState.SUBMITTED else found.order_by("-since", "-pk")


def _refused(since: datetime) -> QuerySet[Any]:
    found = Decision.objects.filter(move="refuse", at__gte=since)
    return found.annotate(codes=Cast("reasons", TextField()))


def _because(reason: Reason) -> Q:
    return Q(codes__contains=f'"{reason}"')


def refused_by_reason(since: datetime) -> tuple[int, dict[Reason, int]]:
    """Return how many sheets were refused since a moment (UTC), and for what, the most frequent first; a sheet counts
    once for each of its reasons: one query.
    """
    sheets = {reason.value: Count("review", distinct=True, filter=_because(reason)) for reason in Reason}
    counted = _refused(since).aggregate(sheets=Count("review", distinct=True), **sheets)
    of_all = counted.pop("sheets")
    found = {Reason(code): n for code, n in counted.items() if n}
    return of_all, dict(sorted(found.items(), key=lambda item: -item[1]))


def counts() -> Counter[str]:
    """Return how many sheets are in each state, in one query."""
    return Counter(dict(SheetReview.objects.order_by().values_list("state").annotate(Count("pk"))))


def late_count() -> int:
    """Return how many sheets quality should have looked at by now."""
    return queue(SheetState.SUBMITTED, late=True).count()


def next_after(review: SheetReview) -> SheetReview | None:
    """Return the sheet that quality looks at after this one: the next that came; after the last one, the first again.
    One query.
    """
    came_before = Q(since__lt=review.since) | Q(since=review.since, pk__lt=review.pk)
    waits = queue(SheetState.SUBMITTED).exclude(pk=review.pk)
    return waits.order_by(Case(When(came_before, then=1), default=0), "since", "pk").first()
