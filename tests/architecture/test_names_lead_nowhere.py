"""Names are written in mails in the organisation's name: by no door does one come in that is an address of the web."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, get_args, get_type_hints

import pytest

import cordee
from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.attendance import actions as attendance
from cordee.clients import actions as clients
from cordee.clients.models import Contact
from cordee.clients.rules import ContactChanges
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment, ListRow, Participant
from cordee.enrolment.rules import Person
from cordee.enrolment.states import Source
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.kernel.permissions import Role
from cordee.lists.results import Row
from cordee.network import actions as network
from cordee.planning.models import Session
from cordee.registration import actions as registration
from cordee.registration.models import Registration
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import DURING, ask_client, enrol, plan

LINK = Actor(ActorKind.LINK)
AT = "okapi@valmont.example"
SPOKEN, WEB = "Okapi", "www.okapi.example"
STORED = (User, Contact, Participant, Registration)


@dataclass(frozen=True, slots=True)
class Doorstep:
    """Where a name comes from, and what it comes to."""

    cast: Cast
    session: Session
    now: MovableClock
    first: str
    last: str

    @property
    def names(self) -> dict[str, Any]:
        return {"first_name": self.first, "last_name": self.last}

    @property
    def person(self) -> Person:
        return Person(email=AT, **self.names)

    @property
    def row(self) -> Row:
        return Row(line=1, text=f"{AT};{self.first};{self.last}", email=AT, **self.names)

    @property
    def somebody(self) -> Enrolment:
        return enrol(self.cast, self.session, "Ana")[0]

    def given(self) -> tuple[Enrolment, Actor]:
        """Return somebody whom the client's contact gave, and the contact."""
        by = ask_client(self.cast)
        person = Person(email="bo@valmont.example", first_name="Bo", last_name="N")
        place = enrolment.give_person(session_id=self.session.pk, person=person, by=by)
        assert isinstance(place, Enrolment)
        return place, by

    def begun(self) -> int:
        self.now.move_to(DURING)
        return self.session.pk

    def invitation(self) -> int:
        return registration.open_registration(session_id=self.session.pk, by=COMMAND).pk

    def invitation_at_the_door(self) -> int:
        invitation_id = self.invitation()
        self.begun()
        return invitation_id


def waiting(at: Doorstep) -> None:
    by = ask_client(at.cast)
    row = enrolment.give_person(session_id=at.session.pk, person=Person(first_name="Ana"), by=by)
    assert isinstance(row, ListRow)
    enrolment.change_waiting(row_id=row.pk, person=at.person, seen=None, by=by)


def row_by_row(at: Doorstep) -> None:
    pk = at.session.pk
    enrolment.keep_rows(session_id=pk, rows=[Row(line=1, text="?", first_name="Ana")], by=COMMAND)
    row = ListRow.objects.get()
    enrolment.change_row(session_id=pk, row_id=row.pk, person=at.person, expected_version=None, by=COMMAND)
    enrolment.enrol_rows(session_id=pk, by=COMMAND)


def whole_list(at: Doorstep) -> None:
    enrolment.keep_rows(session_id=at.session.pk, rows=[at.row], by=COMMAND)
    enrolment.enrol_rows(session_id=at.session.pk, by=COMMAND)


def changed_by_contact(at: Doorstep) -> None:
    place, by = at.given()
    enrolment.change_given(enrolment_id=place.pk, person=at.person, seen=None, by=by)


def registered(at: Doorstep) -> None:
    registration.ask(invitation_id=at.invitation(), person=at.person, by=LINK)


DOORS: dict[str, Callable[[Doorstep], Any]] = {
    "accounts.create_account": lambda at: accounts.create_account(email=AT, **at.names),
    "accounts.invite_colleague": lambda at: accounts.invite_colleague(
        email=AT, roles=[Role.FINANCE], by=COMMAND, **at.names
    ),
    "network.invite_facilitator": lambda at: network.invite_facilitator(email=AT, by=COMMAND, **at.names),
    "clients.add_contact": lambda at: clients.add_contact(
        client_id=at.cast.valmont.pk, email=AT, by=COMMAND, **at.names
    ),
    "clients.change_contact": lambda at: clients.change_contact(
        contact_id=at.cast.contact.pk, changes=ContactChanges(**at.names), by=COMMAND
    ),
    "enrolment.enrol": lambda at: enrolment.enrol(session_id=at.session.pk, people=[at.person], by=COMMAND),
    "enrolment.enrol_smallest": lambda at: enrolment.enrol_smallest(
        session_id=at.session.pk, people=[at.person], by=COMMAND
    ),
    "enrolment.admit": lambda at: enrolment.admit(
        session_id=at.session.pk, people=[at.person], source=Source.CONTACT, by=COMMAND
    ),
    "enrolment.add_walk_in": lambda at: enrolment.add_walk_in(
        session_id=at.begun(), person=at.person, by=COMMAND
    ),
    "attendance.add_walk_in": lambda at: attendance.add_walk_in(
        session_id=at.begun(), person=at.person, by=COMMAND
    ),
    "enrolment.correct": lambda at: enrolment.correct(
        enrolment_id=at.somebody.pk, person=at.person, by=COMMAND
    ),
    "enrolment.correct_own_name": lambda at: enrolment.correct_own_name(
        enrolment_id=at.somebody.pk, by=LINK, **at.names
    ),
    "enrolment.keep_rows": whole_list,
    "enrolment.change_row": row_by_row,
    "enrolment.give_list": lambda at: enrolment.give_list(
        session_id=at.session.pk, rows=[at.row], by=ask_client(at.cast)
    ),
    "enrolment.give_person": lambda at: enrolment.give_person(
        session_id=at.session.pk, person=at.person, by=ask_client(at.cast)
    ),
    "enrolment.change_given": changed_by_contact,
    "enrolment.change_waiting": waiting,
    "registration.ask": registered,
    "registration.walk_in": lambda at: registration.walk_in(
        invitation_id=at.invitation_at_the_door(), person=at.person, by=LINK
    ),
}

KEEP = {
    "enrolment.keep_rows",
    "enrolment.change_row",
    "enrolment.give_list",
    "enrolment.give_person",
    "enrolment.change_waiting",
}
"""Lists keep the row until somebody has put it right."""


def named_by(kind: object) -> bool:
    """Tell whether what an action takes says what somebody is called."""
    if any(named_by(inner) for inner in get_args(kind)):
        return True
    of = {f.name for f in fields(kind)} if is_dataclass(kind) else set()
    return bool(of & {"first_name", "last_name"})


def doors() -> Iterator[str]:
    for room in iter_modules(cordee.__path__):
        with suppress(ModuleNotFoundError):
            actions = import_module(f"cordee.{room.name}.actions")
            for name, action in inspect.getmembers(actions, inspect.isfunction):
                if name.startswith("_") or not action.__module__.startswith(actions.__name__):
                    continue
                taken = {k: v for k, v in get_type_hints(action).items() if k != "return"}
                if taken.keys() & {"first_name", "last_name"} or any(map(named_by, taken.values())):
                    yield f"{room.name}.{name}"


def test_every_door_by_which_a_name_comes_in_is_tried() -> None:
    assert set(doors()) == set(DOORS)


def stored_names() -> str:
    names = [f"{p.first_name} {p.last_name}" for kind in STORED for p in kind._default_manager.all()]
    return " ".join(names)


@pytest.fixture
def doorstep(cast: Cast, now: MovableClock) -> Callable[..., Doorstep]:
    (session,) = plan(cast, cast.noor)
    found = Session.objects.select_related("mission__order").get(pk=session.pk)
    return lambda first, last: Doorstep(cast, found, now, first, last)


@pytest.mark.parametrize("door", DOORS)
def test_a_name_comes_in(doorstep: Callable[..., Doorstep], door: str) -> None:
    DOORS[door](doorstep("Zoé", SPOKEN))
    assert SPOKEN in stored_names()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("where", ["first name", "last name"])
def test_an_address_of_the_web_comes_in_by_no_door(
    doorstep: Callable[..., Doorstep], door: str, where: str
) -> None:
    names = (WEB, SPOKEN) if where == "first name" else ("Zoé", WEB)
    with nullcontext() if door in KEEP else refused("web_address"):
        DOORS[door](doorstep(*names))
    assert "okapi" not in stored_names().lower()
    assert ListRow.objects.count() == (door in KEEP)
