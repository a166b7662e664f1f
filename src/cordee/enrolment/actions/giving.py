"""The list as the client's contact keeps it, through their link: row by row, each saved as it is typed.

A row with an address and a name is on the list at once; anything else waits, with what it lacks. Nothing
that was given is lost: not when it is wrong, nor when the session is full.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from cordee.enrolment import rules
from cordee.enrolment.actions.correcting import correct_on_list
from cordee.enrolment.actions.lines import Line, note
from cordee.enrolment.actions.listing import admit, take_off_list
from cordee.enrolment.actions.outcomes import Outcome
from cordee.enrolment.actions.people import tidied
from cordee.enrolment.actions.rows import mark_of, stored_as
from cordee.enrolment.actions.waiting import telling_what_waits
from cordee.enrolment.models import Enrolment, ListRow
from cordee.enrolment.queries.contacts import invitation_of
from cordee.enrolment.queries.giving import around
from cordee.enrolment.queries.names import mark
from cordee.enrolment.queries.rows import as_row
from cordee.enrolment.rules import Person
from cordee.enrolment.rules.giving import Around, against, hindrances, person_of, problems
from cordee.enrolment.states import Became, Source
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import Refused, refuse_if
from cordee.lists.reader import check
from cordee.lists.results import Row, Skipped
from cordee.missions.rules import is_running
from cordee.organisation.queries import the_organisation
from cordee.planning.actions.holding import held
from cordee.planning.models import Session
from cordee.planning.rules import is_planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the contact says of a row, besides what is in it."""

    waved: bool = False
    """It is right as it is: nobody has to look at it again."""
    mended: bool = False
    """It shall become what is proposed."""


AS_TYPED = Wish()


@dataclass(frozen=True, slots=True)
class GivenList:
    """What became of a list: put on the list now, on it already, waiting for something."""

    new: int
    already: int
    waiting: int


@transaction.atomic
def give_person(*, session_id: int, person: Person, by: Actor) -> Enrolment | ListRow | None:
    """Take a row that was typed: on the list when nothing is wrong with it, else kept until it is right.
    Return what it became; nothing when the person is on the list already. Raises Refused.
    """
    session = _held_for_contact(session_id, by)
    text = f"{person.email}\t{person.first_name}\t{person.last_name}"
    line = ListRow.objects.filter(session=session).count() + 1
    row = check(_with(Row(line=line, text=text), person))
    there = around(session, [row])
    if [b.code for b in hindrances(row, there, waved=False)] == ["on_list"]:
        return None
    with telling_what_waits(session, by):
        stored = _kept(row, session, by)
        done = _settle(session, stored, row, there, by)
    return stored if done is None else _place(done)


@transaction.atomic
def give_list(*, session_id: int, rows: Sequence[Row], aside: Sequence[Skipped] = (), by: Actor) -> GivenList:
    """Take a list that was read: the good rows go on the list as long as there is room, the others wait.
    The same list given again adds nothing. What became of the lines that do not wait is kept, and of those
    that are no people (`aside`). Raises Refused.
    """
    session = _held_for_contact(session_id, by)
    there = around(session, rows)
    good, waiting, lines = _sorted_out(rows, there)
    waiting, twice = _not_given_yet(session, waiting)
    refuse_if(rules.not_too_many(ListRow.objects.filter(session=session).count() + len(waiting)))
    try:
        people = [person_of(row) for row in good]
        done = admit(session_id=session_id, people=people, source=Source.CONTACT, by=by).outcomes
    except Refused:
        done, waiting = (), [*good, *waiting]  # what is refused is kept, like all that is given
    new = sum(outcome.became == Became.ENROLLED for outcome in done)
    waiting = [*waiting, *(r for r, o in zip(good, done, strict=False) if o.became == Became.LEFT_OUT)]
    lines += [_line(r, o.became) for r, o in zip(good, done, strict=False) if o.became != Became.LEFT_OUT]
    lines += [*twice, *(Line.aside(line, source=Source.CONTACT) for line in aside)]
    note(session_id, lines, by=by)
    now = clock.now()
    with telling_what_waits(session, by):
        ListRow.objects.bulk_create(
            (stored_as(row, session_id, by, ListRow(given_at=now, source=Source.CONTACT)) for row in waiting),
            batch_size=1_000,
        )
    return GivenList(new=new, already=len(rows) - new - len(waiting), waiting=len(waiting))


@transaction.atomic
def change_waiting(
    *, row_id: int, person: Person, seen: str | None, wish: Wish = AS_TYPED, by: Actor
) -> Enrolment | ListRow:
    """Take what was typed into a row that waits; on the list as soon as nothing is wrong with it any more.
    Raises Refused, also when somebody else changed the row meanwhile.
    """
    session = _held_for_contact(_waiting(row_id).session_id, by)
    stored = _waiting(row_id)
    row, said = as_row(stored), _with(as_row(stored), tidied(person))
    is_another = _content(said) != _content(row)
    refuse_if(rules.is_as_seen(str(stored.version), seen) if is_another else ())
    # The reader of the whole list knew more than can be told from one row: unchanged, it is not judged anew.
    row = check(said) if is_another else row
    row = check(row.corrected()) if wish.mended else row
    stored.taken_as_it_is = wish.waved or (stored.taken_as_it_is and not is_another)
    stored.version += 1
    stored_as(row, session.pk, by, stored).save()
    with telling_what_waits(session, by):
        done = _settle(session, stored, row, around(session, [row]), by)
    if done is None:
        return stored
    note(session.pk, [_line(row, done.became)], by=by)
    return _place(done)


@transaction.atomic
def drop_waiting(*, row_id: int, seen: str | None, by: Actor) -> None:
    """Leave out a row that waits. Raises Refused, also when somebody else changed it meanwhile."""
    session = _held_for_contact(_waiting(row_id).session_id, by)
    stored = _waiting(row_id)
    refuse_if(rules.is_as_seen(str(stored.version), seen))
    note(session.pk, [Line.kept(stored, Became.DROPPED)], by=by)
    with telling_what_waits(session, by):
        stored.delete()


@transaction.atomic
def change_given(
    *,
    enrolment_id: int,
    person: Person,
    seen: str | None,
    wish: Wish = AS_TYPED,
    by: Actor,
) -> Enrolment:
    """Correct somebody on the list, as the contact, or say that they share a mailbox (`waved`). Raises Refused,
    also when somebody else changed them meanwhile or what was typed looks wrong: then nothing is changed.
    """
    session = _held_for_contact(_on_list(enrolment_id).session_id, by)
    enrolment = _on_list(enrolment_id)
    row = check(_with(Row(line=1, text=""), person))
    if wish.mended:
        row = check(row.corrected())
    said, now = tidied(person_of(row)), enrolment.participant
    if (said.email, said.first_name, said.last_name) == (now.email, now.first_name, now.last_name):
        if wish.waved:
            enrolment.shares_mailbox = True
            enrolment.save(update_fields=["shares_mailbox"])
        return enrolment
    refuse_if(rules.is_as_seen(mark(now), seen))
    refuse_if(
        [
            *rules.contact_may_correct(enrolment, said),
            *(b for b in problems(row, waved=wish.waved) if b.code not in {"no_email", "no_name"}),
        ]
    )
    correct_on_list(session=session, mission=session.mission, enrolment=enrolment, person=said, by=by)
    return enrolment


@transaction.atomic
def take_off(*, enrolment_id: int, seen: str | None, by: Actor) -> None:
    """Take somebody whom the client gave off the list; who was told to come is told not to. Raises Refused."""
    session = _held_for_contact(_on_list(enrolment_id).session_id, by)
    enrolment = _on_list(enrolment_id)
    refuse_if(
        [
            *rules.was_given_by_client(enrolment),
            *rules.is_as_seen(mark(enrolment.participant), seen),
        ]
    )
    take_off_list(session=session, mission=session.mission, enrolment_id=enrolment_id, by=by)


@transaction.atomic
def put_back(*, enrolment_id: int, by: Actor) -> Enrolment:
    """Put somebody whom the contact took off back on the list. Raises Refused."""
    enrolment = Enrolment.objects.select_related("participant").get(pk=enrolment_id)
    session = _held_for_contact(enrolment.session_id, by)
    now = enrolment.participant
    person = Person(email=now.email, first_name=now.first_name, last_name=now.last_name)
    row = _with(Row(line=1, text=""), person)
    refuse_if([*rules.was_given_by_client(enrolment), *hindrances(row, around(session, [row]), waved=True)])
    admit(session_id=session.pk, people=[person], source=Source.CONTACT, by=by)
    return enrolment


# --- inside ---------------------------------------------------------------------------------------------------


def _held_for_contact(session_id: int, by: Actor) -> Session:
    """Return the session, held with its mission, if its list may be changed now through the link by which
    the contact acts. Raises Refused.
    """
    session, mission = held(session_id)
    days_before = the_organisation().list_closes_days_before
    refuse_if(
        [
            *rules.link_is_theirs(invitation_of(by.link_id), mission),
            *is_running(mission),
            *is_planned(session),
            *rules.is_open_to_contact(session, days_before=days_before),
        ]
    )
    return session


def _waiting(row_id: int) -> ListRow:
    return ListRow.objects.get(pk=row_id, source=Source.CONTACT)


def _on_list(enrolment_id: int) -> Enrolment:
    return Enrolment.objects.select_related("participant").get(pk=enrolment_id, cancelled_at=None)


def _with(row: Row, person: Person) -> Row:
    return replace(row, email=person.email, first_name=person.first_name, last_name=person.last_name)


def _kept(row: Row, session: Session, by: Actor) -> ListRow:
    stored = stored_as(row, session.pk, by, ListRow(given_at=clock.now(), source=Source.CONTACT))
    stored.save()
    return stored


def _settle(session: Session, stored: ListRow, row: Row, there: Around, by: Actor) -> Outcome | None:
    """Put a row on the list if nothing keeps it from there, and forget it; else (none) it waits."""
    if hindrances(row, there, waved=stored.taken_as_it_is):
        return None
    person = replace(person_of(row), sure=stored.taken_as_it_is)
    try:
        (done,) = admit(session_id=session.pk, people=[person], source=Source.CONTACT, by=by).outcomes
    except Refused:
        return None  # the reason is the rule's, and shown with the row
    if done.enrolment is None:
        return None
    stored.delete()
    return done


def _place(done: Outcome) -> Enrolment:
    if done.enrolment is None:
        raise LookupError(done.person)
    return done.enrolment


def _line(row: Row, became: Became, *, first_line: int | None = None) -> Line:
    return Line.of(row, became, first_line=first_line, source=Source.CONTACT)


def _sorted_out(rows: Sequence[Row], there: Around) -> tuple[list[Row], list[Row], list[Line]]:
    """Return the rows that go on the list, as many as there is room for, those that wait, and what became of
    the others: who is on the list already, or stands in another row.
    """
    good: list[Row] = []
    waiting: list[Row] = []
    lines: list[Line] = []
    left = there.left
    fine = [row for row in rows if not list(problems(row, waved=False))]
    who = dict(zip(map(id, fine), there.crowd.judge(fine), strict=True))
    for row in rows:
        answer = who.get(id(row)) or there.crowd.who_is(row)
        codes = {b.code for b in against(row, answer, there, waved=False)} - {"full"}
        if codes == {"on_list"}:
            lines.append(_line(row, Became.ALREADY))
            continue
        if not codes and answer.row is not None:
            lines.append(_line(row, Became.TWICE, first_line=fine[answer.row].line))
            continue
        takes_place = not answer.is_enrolled
        if codes or (takes_place and left <= 0):
            waiting.append(row)
            continue
        left -= takes_place
        good.append(row)
    return good, waiting, lines


def _not_given_yet(session: Session, rows: Iterable[Row]) -> tuple[list[Row], list[Line]]:
    """Return the rows without those that wait already, the same line of a list or the same content; and, of the
    latter, where they wait.
    """
    stored = [as_row(row) for row in ListRow.objects.filter(session=session, source=Source.CONTACT)]
    there = {mark_of(row) for row in stored}
    lines = {_content(row): row.line for row in stored}
    others = [row for row in rows if mark_of(row) not in there]
    twice = [row for row in others if _content(row) in lines]
    return [row for row in others if _content(row) not in lines], [
        _line(row, Became.TWICE, first_line=lines[_content(row)]) for row in twice
    ]


def _content(row: Row) -> tuple[object, ...]:
    return (row.email, row.first_name, row.last_name)
