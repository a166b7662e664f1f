"""What is known of the sheets of sessions, and what is found on them: as many queries for many as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cordee.attendance import queries as attendance
from cordee.attendance.models import DeliveryConfirmation, Signature
from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.conformity import rules
from cordee.conformity.rules import Finding, Half, Person, Sheet, Signed
from cordee.deposits import queries as deposits
from cordee.deposits.queries import SessionSheets
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.planning import queries as planning
from cordee.planning.models import Assignment, HalfDay, Session
from cordee.planning.states import DeliveryMode


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What findings are made of, for pages that show it beside them."""

    half_days: Mapping[int, Sequence[HalfDay]]
    people: Mapping[int, Sequence[Enrolment]]
    """Who is on the list, by session."""
    staff: Mapping[int, Sequence[Assignment]]
    """Who is confirmed to run it, by session."""
    given: Mapping[int, Sequence[Signature]]
    """The signatures on screens that stand, by session."""
    paper: Mapping[int, SessionSheets]


def findings_of(session_id: int) -> list[Finding]:
    """Return what is found on the sheet of a session now."""
    return findings_on([session_id])[session_id]


def findings_on(session_ids: Iterable[int]) -> dict[int, list[Finding]]:
    """Return what is found on the sheets of sessions now, by session: thirteen queries at most."""
    return {pk: rules.findings(sheet) for pk, sheet in sheets(session_ids).items()}


def sheets(session_ids: Iterable[int]) -> dict[int, Sheet]:
    """Return what is known of the sheets of sessions, by session."""
    sessions = planning.with_orders(session_ids)
    return _sheets(sessions, ground_of(s.pk for s in sessions))


def findings_from(session: Session, ground: Ground) -> list[Finding]:
    """Return what is found on the sheet of a session that was read with its order, from what was read of it."""
    return rules.findings(_sheets([session], ground)[session.pk])


def ground_of(session_ids: Iterable[int]) -> Ground:
    """Return what findings are made of: six queries at most."""
    wanted = set(session_ids)
    people: dict[int, list[Enrolment]] = defaultdict(list)
    for enrolled in enrolment.on_sessions(wanted):
        people[enrolled.session_id].append(enrolled)
    return Ground(
        half_days=planning.half_days_of(wanted),
        people=people,
        staff=planning.running(wanted),
        given=_given(wanted),
        paper=deposits.of_sessions(wanted),
    )


def _sheets(sessions: Collection[Session], ground: Ground) -> dict[int, Sheet]:
    wanted = {s.pk for s in sessions}
    marks, headcounts = attendance.marks_on(wanted), attendance.headcounts_on(wanted)
    schools = {s.pk for s in sessions if s.mission.order.sector in ENROLMENT_OPTIONAL}
    confirmed = attendance.deliveries(schools) if schools else {}
    belated = attendance.belated_keys(ground.given) if ground.given else set()
    elsewhere = _elsewhere(s.ink_print for found in ground.given.values() for s in found)
    return {
        session.pk: _sheet(
            session,
            ground.half_days.get(session.pk, []),
            ground.people.get(session.pk, []),
            ground.staff.get(session.pk, []),
            ground.given.get(session.pk, []),
            paper=ground.paper[session.pk],
            confirmed=confirmed.get(session.pk),
            belated=belated,
            marks=marks,
            headcounts=headcounts,
            elsewhere=elsewhere,
        )
        for session in sessions
    }


def _given(session_ids: Collection[int]) -> dict[int, list[Signature]]:
    """Return the signatures on screens that stand, by session."""
    found: dict[int, list[Signature]] = defaultdict(list)
    for signature in attendance.given_on(session_ids):
        found[signature.half_day.session_id].append(signature)
    return found


def _elsewhere(prints: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return who has a signature with each of these prints, on any session."""
    found: dict[str, set[str]] = defaultdict(set)
    for signature in attendance.with_print(prints):
        if signature.enrolment:
            found[signature.ink_print].add(_participant(signature.enrolment.participant_id))
        elif signature.assignment:
            found[signature.ink_print].add(_facilitator(signature.assignment.facilitator_id))
    return {ink: frozenset(who) for ink, who in found.items()}


def _participant(pk: int) -> str:
    return f"participant {pk}"


def _facilitator(pk: int) -> str:
    return f"facilitator {pk}"


def _sheet(
    session: Session,
    half_days: Iterable[HalfDay],
    people: Iterable[Enrolment],
    staff: Iterable[Assignment],
    given: Collection[Signature],
    *,
    paper: SessionSheets,
    confirmed: DeliveryConfirmation | None,
    belated: Collection[UUID],
    marks: Mapping[tuple[int, int], str],
    headcounts: Mapping[int, int],
    elsewhere: Mapping[str, frozenset[str]],
) -> Sheet:
    halves = [_half(h, headcounts, paper) for h in half_days]
    ids, order = {half.id for half in halves}, session.mission.order
    return Sheet(
        session_id=session.pk,
        title=session.title,
        time_zone=session.time_zone,
        address=f"{session.place} {session.address}",
        remote=session.mode == DeliveryMode.REMOTE,
        capacity=session.capacity,
        agreed_on=order.agreed_on,
        minutes_ordered=session.line.service_type.minutes,
        halves=halves,
        people=[_person(e) for e in people],
        facilitators=[_runs_it(a) for a in staff],
        marks={at: state for at, state in marks.items() if at[1] in ids},
        signed=_joined(
            [_signed(s, s.enrolment_id, belated) for s in given if s.enrolment_id], paper.signed, halves
        ),
        countersigned=_joined(
            [_signed(s, s.assignment_id) for s in given if s.assignment_id], paper.countersigned, halves
        ),
        of_school=order.sector in ENROLMENT_OPTIONAL,
        confirmed=confirmed.present if confirmed else None,
        ordered=(order.title, session.line.service_type.name),
        elsewhere=elsewhere,
    )


def _runs_it(place: Assignment) -> Person:
    return Person(key=place.pk, who=_facilitator(place.facilitator_id), name=place.facilitator.full_name)


def _person(enrolled: Enrolment) -> Person:
    return Person(
        key=enrolled.pk,
        who=_participant(enrolled.participant_id),
        name=enrolled.participant.full_name,
        enrolled_at=enrolled.enrolled_at,
    )


def _joined(drawn: list[Signed], on_paper: Collection[tuple[int, int]], halves: list[Half]) -> list[Signed]:
    """Return who signed on a screen and who signed on paper; who did both has signed once. Paper tells no hour."""
    known = {(signed.key, signed.half_day_id) for signed in drawn}
    begins = {half.id: half.starts_at for half in halves}
    return drawn + [
        Signed(id=0, half_day_id=half_day_id, key=key, at=begins[half_day_id])
        for key, half_day_id in sorted(on_paper)
        if (key, half_day_id) not in known and half_day_id in begins
    ]


def _half(half_day: HalfDay, headcounts: Mapping[int, int], paper: SessionSheets) -> Half:
    return Half(
        id=half_day.pk,
        position=half_day.position,
        day=half_day.day,
        starts=half_day.starts,
        ends=half_day.ends,
        starts_at=half_day.starts_at,
        ends_at=half_day.ends_at,
        begun=half_day.starts_at <= clock.now(),
        ended=half_day.ends_at <= clock.now(),
        recorded=half_day.pk in headcounts,
        headcount=headcounts.get(half_day.pk, 0),
        without_name=paper.without_name.get(half_day.pk, 0),
    )


def _signed(signature: Signature, key: int, belated: Collection[UUID] = ()) -> Signed:
    return Signed(
        id=signature.pk,
        half_day_id=signature.half_day_id,
        key=key,
        at=signature.signed_at,
        late_because=signature.late_because,
        belated=signature.key in belated,
        print=signature.ink_print,
        strokes=signature.strokes,
        content=signature.statement.content,
    )
