"""Saying what stands on a page: presence follows from it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from cordee.attendance import actions as attendance
from cordee.attendance import queries as presences
from cordee.deposits import queries, rules
from cordee.deposits.actions.holding import held
from cordee.deposits.facts import SheetPageConfirmed
from cordee.deposits.models import Confirmation, ConfirmedBox, DepositedBox, DepositedPage
from cordee.deposits.rules import BoxMark, Said
from cordee.deposits.states import PAGE, BoxKind
from cordee.enrolment import queries as enrolment
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.planning import queries as planning
from cordee.planning.models import HalfDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What followed from a page that was confirmed."""

    page: DepositedPage
    kept: frozenset[int] = frozenset()
    """Who (enrolment) signed on a screen and not on this paper: they stay present."""
    to_come: int = 0
    """Half-days that have not begun yet: nothing is recorded there."""


@transaction.atomic
def confirm(*, page_id: int, said: Said, seen: str, by: Actor) -> Outcome:
    """Keep what somebody says stands on a page, put on the list who signed on a free line, and record presence: present
    who signed, absent who did not by the end of the half-day.

    `seen` is what the person had before them (`DepositedPage.seen`): when somebody was quicker, it is refused. Raises
    Refused.
    """
    page = held(page_id)
    boxes = queries.boxes_of(page)
    refuse_if(rules.may_settle(page, by))
    refuse_if([*rules.was_not_settled_since(page, seen), *rules.move_is_possible(page, "confirm")])
    optional = page.session is not None and rules.names_are_optional(
        page.session, enrolled=len(enrolment.enrolments(page.session.pk))
    )
    refuse_if(
        [
            *rules.every_box_is_said(boxes, said),
            *rules.free_lines_have_names(boxes, said, optional=optional),
        ]
    )
    return _settle(page, boxes, said, by)


@transaction.atomic
def file_by_hand(
    *,
    page_id: int,
    session_id: int,
    people: Mapping[tuple[int, int], BoxMark],
    facilitators: Sequence[tuple[int, int]] = (),
    seen: str,
    by: Actor,
) -> Outcome:
    """Keep what somebody reads on a page that could not be read: of which session it is, and who signed.

    `people`: what stands in the boxes that are on this page, by (enrolment, half-day); `facilitators`: the
    (assignment, half-day) that are signed. Raises Refused.
    """
    page = held(page_id, of_session=session_id)
    refuse_if(rules.may_settle(page, by))
    refuse_if([*rules.was_not_settled_since(page, seen), *rules.move_is_possible(page, "confirm")])
    session = planning.session(session_id)
    if session is None:
        raise ValueError("no such session")
    refuse_if(rules.may_deposit_at(session, by))
    refuse_if(rules.something_is_ticked(ticked=bool(facilitators) or any(m.signed for m in people.values())))
    page.session = session
    boxes = _boxes_by_hand(page, people, facilitators)
    marks = [*people.values(), *(BoxMark(signed=True) for _ in facilitators)]
    said = Said(marks={box.pk: mark for box, mark in zip(boxes, marks, strict=True)})
    return _settle(page, boxes, said, by)


def _boxes_by_hand(
    page: DepositedPage, people: Mapping[tuple[int, int], BoxMark], facilitators: Sequence[tuple[int, int]]
) -> list[DepositedBox]:
    whose = [
        *({"kind": BoxKind.ENROLMENT, "enrolment_id": pk, "half_day_id": h} for pk, h in people),
        *({"kind": BoxKind.FACILITATOR, "assignment_id": pk, "half_day_id": h} for pk, h in facilitators),
    ]
    rows: dict[object, int] = {}
    made = []
    for position, values in enumerate(whose, 1):
        person = (values["kind"], values.get("enrolment_id") or values.get("assignment_id"))
        row = rows.setdefault(person, len(rows) + 1)
        made.append(DepositedBox(page=page, position=position, row=row, **values))
    return DepositedBox.objects.bulk_create(made)


def _settle(page: DepositedPage, boxes: Sequence[DepositedBox], said: Said, by: Actor) -> Outcome:
    """Write down what was said of a page that is held, and have presence follow."""
    if page.session is None:
        raise ValueError("a page of no session is filed by hand")
    session_id, again = page.session.pk, page.round > 0
    on_rows = _walk_ins(session_id, boxes, said, by)
    whose = {box.pk: box.enrolment_id or on_rows.get(box.row) for box in boxes}
    on_list = {e.pk for e in enrolment.enrolments(session_id)}
    signers = {pk for box in boxes if said.marks[box.pk].signed and (pk := whose[box.pk])}
    refuse_if(rules.signers_are_on_the_list(signers - on_list))
    confirmation = Confirmation.objects.create(
        page=page, round=page.round, confirmed_at=clock.now(), user_id=by.user_id, link_id=by.link_id
    )
    ConfirmedBox.objects.bulk_create(
        ConfirmedBox(
            confirmation=confirmation,
            box=box,
            signed=said.marks[box.pk].signed,
            absent_ticked=said.marks[box.pk].absent_ticked,
            enrolment_id=whose[box.pk],
        )
        for box in boxes
    )
    PAGE.move(page, "confirm")
    page.save(update_fields=["state", "session"])
    fact = SheetPageConfirmed(session_id=session_id, page_id=page.pk, signed=len(signers), again=again)
    journal.record(fact, by=by, mission_id=page.session.mission_id)
    return _record(page, session_id, {(pk, b.half_day_id) for b in boxes if (pk := whose[b.pk])}, by)


def _walk_ins(session_id: int, boxes: Sequence[DepositedBox], said: Said, by: Actor) -> dict[int, int]:
    """Put on the list who signed on a free line; return their places (enrolment) by row."""
    signed = {b.row for b in boxes if b.kind == BoxKind.FREE and said.marks[b.pk].signed}
    found = {row: pk for row, pk in said.known.items() if row in signed}
    for row in sorted(signed - set(found)):
        if person := said.names.get(row):
            found[row] = attendance.add_walk_in(session_id=session_id, person=person, by=by)
    return found


def _record(page: DepositedPage, session_id: int, on_page: set[tuple[int, int | None]], by: Actor) -> Outcome:
    """Record the presence that all confirmed pages of the session give, of those who are on this one."""
    now = clock.now()
    half_days = {h.pk: h for h in planning.half_days(session_id)}
    sheets = queries.of_sessions([session_id])[session_id]
    _count_heads(sheets.without_name, half_days, by)
    there: dict[int, dict[int, bool]] = defaultdict(dict)
    for (person, half_day_id), mark in sheets.marks.items():
        # Before a half-day is over, an empty box says nothing.
        says = mark.signed or half_days[half_day_id].ends_at <= now
        if (person, half_day_id) in on_page and says:
            there[half_day_id][person] = mark.signed
    kept: set[int] = set()
    to_come = [pk for pk in there if half_days[pk].starts_at > now]
    for half_day_id in sorted(set(there) - set(to_come)):
        kept |= attendance.record_from_paper(half_day_id=half_day_id, there=there[half_day_id], by=by)
    return Outcome(page=page, kept=frozenset(kept), to_come=len(to_come))


def _count_heads(signed: Mapping[int, int], half_days: Mapping[int, HalfDay], by: Actor) -> None:
    """Record how many signed where no list is kept, on half-days of which nobody said so before."""
    for half_day_id, present in sorted(signed.items()):
        over = half_days[half_day_id].ends_at <= clock.now()
        if over and presences.standing_record(half_day_id) is None:
            attendance.record_headcount(half_day_id=half_day_id, present=present, by=by)
