"""Whatever door people come in by, the same people stand on the list afterwards, each once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cordee.cli.main import main
from cordee.enrolment import actions, queries
from cordee.enrolment.actions import Wish
from cordee.enrolment.models import ListRow
from cordee.enrolment.rules import Person
from cordee.enrolment.states import Source
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.kernel.names import name_key
from cordee.lists.reader import check
from cordee.lists.results import Row
from cordee.planning.models import Session
from cordee.registration import actions as registration
from cordee.registration.models import Registration
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.enrolment.people_cases import CASES, UNSURE, Case
from tests.enrolment.people_cases import person as written
from tests.steps import DURING, ask_client, plan

BY_LINK = Actor(ActorKind.LINK)
MAY_LACK = {"no_email", "no_name"}
"""What a contact says is all right; who somebody is they are asked."""


class Doors:
    """The ways in, each by its name."""

    def __init__(self, cast: Cast, session: Session, now: MovableClock, folder: Path) -> None:
        self.cast, self.session, self.now, self.folder = cast, session, now, folder
        self.by = cast.actor(cast.camille)

    def whole_list(self, people: Sequence[Person]) -> None:
        actions.enrol(session_id=self.session.pk, people=people, by=self.by)

    def one_by_one(self, people: Sequence[Person]) -> None:
        for person in people:
            self.whole_list([person])

    def checked_list(self, people: Sequence[Person]) -> None:
        actions.keep_rows(session_id=self.session.pk, rows=rows_of(people), by=self.by)
        actions.enrol_rows(session_id=self.session.pk, by=self.by)
        ListRow.objects.all().delete()

    def spread(self, people: Sequence[Person]) -> None:
        actions.enrol_smallest(session_id=self.session.pk, people=people, by=self.by)

    def command(self, people: Sequence[Person]) -> None:
        lines = ["Prénom;Nom;E-mail", *(f"{p.first_name};{p.last_name};{p.email}" for p in people)]
        file = self.folder / "list.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        assert main(["participants", "import", self.session.ref, str(file)]) in {0, 1}

    def contact_list(self, people: Sequence[Person]) -> None:
        self._waved(lambda by: actions.give_list(session_id=self.session.pk, rows=rows_of(people), by=by))

    def contact_row_by_row(self, people: Sequence[Person]) -> None:
        for person in people:
            self._waved(lambda by, p=person: actions.give_person(session_id=self.session.pk, person=p, by=by))

    def _waved(self, give: Callable[[Actor], object]) -> None:
        by = ask_client(self.cast)
        give(by)
        for row in queries.names_of(self.session).waiting:
            if {b.code for b in row.hindrances} <= MAY_LACK:
                person = Person(email=row.email, first_name=row.first_name, last_name=row.last_name)
                wish = Wish(waved=True)
                actions.change_waiting(row_id=row.id, person=person, seen=None, wish=wish, by=by)
        ListRow.objects.all().delete()

    def registration(self, people: Sequence[Person]) -> None:
        invitation = registration.open_registration(session_id=self.session.pk, by=self.by)
        for person in people:
            registration.ask(invitation_id=invitation.pk, person=person, by=BY_LINK)
        for one in Registration.objects.order_by("pk"):
            registration.confirm(registration_id=one.pk, by=BY_LINK)

    def link_at_the_door(self, people: Sequence[Person]) -> None:
        invitation = registration.open_registration(session_id=self.session.pk, by=self.by)
        self.now.move_to(DURING)
        for person in people:
            registration.walk_in(invitation_id=invitation.pk, person=person, by=BY_LINK)
        self.now.move_to("2027-01-04 12:00")

    def facilitator_at_the_door(self, people: Sequence[Person]) -> None:
        self.now.move_to(DURING)
        for person in people:
            actions.add_walk_in(session_id=self.session.pk, person=person, by=self.by)

    def another_door_each(self, people: Sequence[Person]) -> None:
        doors = (self.whole_list, self.contact_row_by_row, self.checked_list, self.spread)
        for number, person in enumerate(people):
            doors[number % len(doors)]([person])


ANY = (
    "whole_list",
    "one_by_one",
    "checked_list",
    "spread",
    "command",
    "contact_list",
    "contact_row_by_row",
    "another_door_each",
)
NAMED = ("link_at_the_door", "facilitator_at_the_door")
"""At the door people give their name."""
NAMED_AND_ADDRESSED = ("registration",)


def rows_of(people: Sequence[Person]) -> list[Row]:
    return [
        check(
            Row(
                line=line,
                text=f"{p.email}\t{p.first_name}\t{p.last_name}",
                email=p.email.lower(),
                first_name=p.first_name,
                last_name=p.last_name,
            )
        )
        for line, p in enumerate(people, start=1)
    ]


def doors_of(case: Case) -> tuple[str, ...]:
    named = all(p.first_name or p.last_name for p in case.people)
    addressed = all(p.email for p in case.people)
    return ANY + (NAMED if named else ()) + (NAMED_AND_ADDRESSED if named and addressed else ())


@pytest.fixture
def doors(cast: Cast, now: MovableClock, tmp_path: Path) -> Doors:
    (session,) = plan(cast, cast.noor)
    found = Session.objects.select_related("mission__order").get(pk=session.pk)
    return Doors(cast, found, now, tmp_path)


def on_list(session: Session) -> list[tuple[str, tuple[str, ...]]]:
    """Return who stands on the list, with their places; a name as it is compared."""
    return sorted(
        (e.participant.email, tuple(sorted(e.participant.name_key.split())))
        for e in queries.enrolments(session.pk)
    )


def wanted(case: Case) -> list[tuple[str, tuple[str, ...]]]:
    people = [written(text) for text in case.on_list]
    return sorted((p.email, tuple(name_key(p.first_name, p.last_name).split())) for p in people)


@pytest.mark.parametrize(
    ("door", "case"), [(door, case) for case in CASES for door in doors_of(case)], ids=str
)
def test_everybody_is_there_once_and_a_second_time_changes_nothing(
    doors: Doors, door: str, case: Case
) -> None:
    for _ in range(2):
        getattr(doors, door)(case.people)
        assert on_list(doors.session) == wanted(case)


@pytest.mark.parametrize("door", ANY)
@pytest.mark.parametrize("case", UNSURE, ids=str)
def test_who_may_be_several_is_asked_about(doors: Doors, door: str, case: Case) -> None:
    getattr(doors, door)(case.people)
    assert on_list(doors.session) == wanted(case)


@pytest.mark.parametrize("case", UNSURE, ids=str)
def test_said_to_be_somebody_else_they_are_kept(doors: Doors, case: Case) -> None:
    *others, last = case.people
    doors.whole_list(others)
    (left,) = actions.enrol(session_id=doors.session.pk, people=[last], by=doors.by).left_out
    assert left.others
    doors.whole_list([replace(last, sure=True)])
    assert len(on_list(doors.session)) == len(case.on_list) + 1


@pytest.mark.parametrize("source", [Source.CONTACT, Source.REGISTRATION])
def test_the_address_comes_to_who_is_on_the_list_and_known_elsewhere(
    cast: Cast, doors: Doors, source: Source
) -> None:
    (other,) = plan(cast, starts="14:00", ends="17:00")
    ana = written("Ana/Ba a@x.fr")
    actions.enrol(session_id=other.pk, people=[ana], by=doors.by)
    doors.whole_list([written("Ana/Ba")])
    done = actions.admit(session_id=doors.session.pk, people=[ana], source=source, by=COMMAND)
    assert (done.new, done.already) == ([], 1)
    assert on_list(doors.session) == on_list(other)
