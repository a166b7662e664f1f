"""Keeping the rows of a list while it is looked at and corrected, and enrolling those that are good."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, replace

from django.db import transaction

from cordee.enrolment import rules
from cordee.enrolment.actions.lines import Line, note
from cordee.enrolment.actions.listing import admit, enrol, enrol_smallest
from cordee.enrolment.actions.outcomes import Enrolled
from cordee.enrolment.actions.waiting import telling_what_waits
from cordee.enrolment.models import ListRow
from cordee.enrolment.queries.reading import JudgedRow
from cordee.enrolment.queries.rows import as_row, waiting_rows
from cordee.enrolment.rules import Person
from cordee.enrolment.states import GOOD_ROWS, Became, Source
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import Refused, refuse_if
from cordee.lists.reader import check
from cordee.lists.results import Kind, Row, Skipped
from cordee.missions.rules import is_running, may_run
from cordee.organisation.rules import is_current
from cordee.planning.actions.holding import held
from cordee.planning.models import Session
from cordee.planning.queries import session as session_by_id
from cordee.planning.rules import is_planned

_READ = ("email", "first_name", "last_name", "group", "details", "problems", "suggestion")
_CHECKED = (*_READ, "taken_as_it_is", "version", "user_id", "link_id")


@transaction.atomic
def keep_rows(
    *, session_id: int, rows: Sequence[Row], aside: Sequence[Skipped] = (), add: bool = True, by: Actor
) -> int:
    """Keep the rows of a list that was read, to be looked at before anybody is enrolled; return how many
    are new. The same list given again adds nothing. Raises Refused.

    `add`: to the list that is being checked; else that one is put aside, but for what stands in both and for
    what the client's contact gave. `aside`: lines that are no people, told beside what became of the others.
    """
    _refuse_unless_open(session_id, by)
    if not add:
        _put_aside(session_id, {mark_of(row) for row in rows}, by)
    there = {mark_of(as_row(row)) for row in ListRow.objects.filter(session_id=session_id)}
    new = [row for row in rows if mark_of(row) not in there]
    refuse_if(rules.not_too_many(len(there) + len(new)))
    now = clock.now()
    ListRow.objects.bulk_create(
        (stored_as(row, session_id, by, ListRow(given_at=now, source=Source.COORDINATOR)) for row in new),
        batch_size=1_000,
    )
    if new:
        note(session_id, (Line.aside(line) for line in aside), by=by)
    return len(new)


def _put_aside(session_id: int, stay: AbstractSet[tuple[object, ...]], by: Actor) -> None:
    before = ListRow.objects.filter(session_id=session_id, source=Source.COORDINATOR).order_by("pk")
    gone = [row for row in before if mark_of(as_row(row)) not in stay]
    note(session_id, (Line.kept(row, Became.REPLACED) for row in gone), by=by)
    ListRow.objects.filter(pk__in=[row.pk for row in gone]).delete()


@transaction.atomic
def change_row(
    *, session_id: int, row_id: int, person: Person, expected_version: int | None, by: Actor
) -> ListRow:
    """Take what was typed into a row; what is wrong with it is looked at anew. Raises Refused, also when
    somebody else changed the row meanwhile, or it is gone.
    """
    _refuse_unless_open(session_id, by)
    stored = ListRow.objects.filter(pk=row_id, session_id=session_id).first()
    if stored is None:
        raise Refused(rules.row_is_gone())
    refuse_if(is_current(stored.version, expected_version))
    row = replace(
        as_row(stored),
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        group=person.group,
    )
    changed = _checked_again(stored, row, by)
    changed.save(update_fields=_CHECKED)
    return changed


@transaction.atomic
def take_proposals(*, session_id: int, row_ids: Iterable[int], with_offers: bool = True, by: Actor) -> int:
    """Put right the rows for which there is a proposal; return how many. `with_offers`: also what is only
    offered for a row that is good, a second address. Raises Refused.
    """
    _refuse_unless_open(session_id, by)
    rows = ListRow.objects.filter(session_id=session_id, pk__in=set(row_ids)).order_by("pk")
    read = [(row, as_row(row)) for row in rows if row.suggestion]
    changed = [
        _checked_again(stored, row.corrected(), by)
        for stored, row in read
        if with_offers or row.kind is Kind.INVALID
    ]
    ListRow.objects.bulk_update(changed, _CHECKED, batch_size=200)
    return len(changed)


@transaction.atomic
def take_as_it_is(*, session_id: int, row_ids: Iterable[int], by: Actor) -> None:
    """Say that rows which only look wrong are right. Raises Refused."""
    _refuse_unless_open(session_id, by)
    ListRow.objects.filter(session_id=session_id, pk__in=set(row_ids)).update(taken_as_it_is=True)


@transaction.atomic
def drop_rows(*, session_id: int, row_ids: Iterable[int], by: Actor) -> int:
    """Leave out rows that nobody wants; return how many. Raises Refused."""
    session = _refuse_unless_open(session_id, by)
    dropped = list(ListRow.objects.filter(session_id=session_id, pk__in=set(row_ids)).order_by("pk"))
    note(session_id, (Line.kept(row, Became.DROPPED) for row in dropped), by=by)
    with telling_what_waits(session, by):
        ListRow.objects.filter(pk__in=[row.pk for row in dropped]).delete()
    return len(dropped)


@transaction.atomic
def enrol_rows(*, session_id: int, spread: bool = False, by: Actor) -> dict[Session, Enrolled]:
    """Enrol the rows that are good and forget them; those to be corrected stay. With `spread`, over the sessions
    parallel to this one, each person where the fewest are. Return what became of them, by session.

    Raises Refused: then nobody is enrolled, and every row stays.
    """
    session = session_by_id(session_id)
    if session is None:
        raise LookupError(session_id)
    _refuse_unless_open(session_id, by)
    good = [row for row in waiting_rows(session) if row.judged.status in GOOD_ROWS]
    by_source: dict[str, list[Person]] = {Source.COORDINATOR: []}
    for row in good:
        person = replace(row.judged.person, sure=row.stored.taken_as_it_is, row=row.stored.pk)
        by_source.setdefault(row.stored.source, []).append(person)
    done: dict[Session, Enrolled] = {}
    for source, people in by_source.items():
        became = (
            enrol_smallest(session_id=session_id, people=people, source=Source(source), by=by)
            if spread
            else {session: admit(session_id=session_id, people=people, source=Source(source), by=by)}
        )
        for where, part in became.items():
            done[where] = done[where].and_also(part) if where in done else part
    outcomes = {o.person.row: o.became for part in done.values() for o in part.outcomes}
    gone = [row for row in good if outcomes[row.stored.pk] != Became.LEFT_OUT]
    lines = (
        replace(Line.kept(row.stored, outcomes[row.stored.pk]), first_line=row.judged.first_line)
        for row in gone
    )
    note(session_id, lines, by=by)
    with telling_what_waits(session, by):
        ListRow.objects.filter(pk__in=[row.stored.pk for row in gone]).delete()
    return done


@transaction.atomic
def enrol_list(
    *, session_id: int, rows: Sequence[JudgedRow], aside: Sequence[Skipped] = (), by: Actor
) -> None:
    """Enrol the good rows of a list in one go. What became of each line is kept, the lines to be corrected are
    not. Raises Refused: then nobody is enrolled.
    """
    good = [row for row in rows if row.status in GOOD_ROWS]
    done = enrol(session_id=session_id, people=[row.person for row in good], by=by).outcomes
    lines = [
        Line.of(row.row, outcome.became, first_line=row.first_line)
        for row, outcome in zip(good, done, strict=True)
    ]
    lines += [Line.of(row.row, Became.LEFT_OUT) for row in rows if row.status not in GOOD_ROWS]
    note(session_id, [*lines, *map(Line.aside, aside)], by=by)


def _refuse_unless_open(session_id: int, by: Actor) -> Session:
    session, mission = held(session_id)
    refuse_if(
        [*may_run(mission, by), *is_running(mission), *is_planned(session), *rules.list_is_open(session)]
    )
    return session


def mark_of(row: Row) -> tuple[object, ...]:
    """Return by what a row given again is recognised."""
    return (row.sheet, row.line, row.text)


def _checked_again(stored: ListRow, row: Row, by: Actor) -> ListRow:
    stored.taken_as_it_is = False
    stored.version += 1
    return stored_as(check(row), stored.session_id, by, stored)


def stored_as(row: Row, session_id: int, by: Actor, into: ListRow) -> ListRow:
    """Write a row of the reader into its place in the table."""
    into.session_id = session_id
    into.line, into.sheet, into.text = row.line, row.sheet, row.text
    into.email, into.first_name, into.last_name = row.email, row.first_name, row.last_name
    into.group, into.details = row.group, dict(row.extras)
    into.problems = [[p.code, p.field, p.value] for p in row.problems]
    into.suggestion = (
        {name: value for name, value in asdict(row.suggestion).items() if value is not None}
        if row.suggestion
        else {}
    )
    into.user_id, into.link_id = by.user_id, by.link_id
    return into
