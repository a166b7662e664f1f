"""Whatever people do, in whatever order: a state changes by declared moves, and a wrong one is refused with words."""

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cordee.accommodation import actions as accommodation
from cordee.accommodation.models import AccommodationRequest
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.journal import actions as journal
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.kernel.refusals import Refused
from cordee.mail import actions as mail
from cordee.mail.models import Message
from cordee.planning import actions as planning
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus
from cordee.registration import actions as registration
from cordee.registration.models import Invitation, Registration
from tests.architecture.test_states import MACHINES, columns_of_states
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import disability_officer, plan

if TYPE_CHECKING:
    from collections.abc import Callable

VERBS = (
    *("put_on", "set_status", "set_status", "answer", "answer", "cancel", "ask", "ask", "confirm", "confirm"),
    *("admit", "leave", "leave", "remove", "capacity", "need", "need", "settle_need", "settle_need"),
    *("settle_need", "stop", "release", "again", "send", "send", "wait"),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 5), st.integers(0, 5)), min_size=4, max_size=25
)
LINK = Actor(ActorKind.LINK)
CHAIN = 2
"""How many moves one action makes at most: who confirms is put on the waiting list and let in at once."""

type States = dict[tuple[str, int], str]


def states() -> States:
    """Return the state of every row that has one."""
    return {
        (model.__name__, pk): state
        for model, field, _ in columns_of_states()
        for pk, state in model._default_manager.values_list("pk", field)
    }


def reachable() -> dict[str, set[tuple[str, str]]]:
    """Return, by model, from which state one action leads to which."""
    found = {}
    for model, _, kind in columns_of_states():
        machine = next(m for m in MACHINES.values() if type(m.initial) is kind)
        steps = {(str(s), str(m.target)) for m in machine.moves.values() for s in m.sources}
        chains = set(steps)
        for _ in range(CHAIN - 1):
            chains |= {(a, d) for a, b in chains for c, d in steps if b == c}
        found[model.__name__] = chains
    return found


REACHABLE = reachable()


class World:
    """One session with its staff, those who register, their needs and their mails."""

    def __init__(self, cast: Cast, now: MovableClock) -> None:
        self.now = now
        self.people = [cast.noor, cast.elodie, cast.idris, cast.dan]
        self.coordinator = cast.actor(cast.camille)
        self.own = [cast.actor(person) for person in self.people]
        self.officer = cast.actor(disability_officer())
        (self.session,) = plan(cast, cast.noor, capacity=2)
        self.invitation = registration.open_registration(session_id=self.session.pk, by=self.coordinator)

    def chosen(self, model: type[Any], n: int) -> int:
        found = list(model.objects.order_by("pk").values_list("pk", flat=True))
        if not found:
            raise Refused(())
        return int(found[n % len(found)])

    def put_on(self, a: int, b: int) -> None:
        by = self.coordinator if b % 2 else COMMAND
        planning.put_on(session_id=self.session.pk, facilitator_id=self.people[a % 4].pk, by=by)

    def set_status(self, a: int, b: int) -> None:
        status = list(AssignmentStatus)[b % 4]
        planning.set_status(assignment_id=self.chosen(Assignment, a), status=status, by=self.coordinator)

    def answer(self, a: int, b: int) -> None:
        status = list(AssignmentStatus)[b % 4]
        planning.set_status(assignment_id=self.chosen(Assignment, a), status=status, by=self.own[a % 4])

    def cancel(self, a: int, b: int) -> None:
        if a == b:
            planning.cancel_session(session_id=self.session.pk, reason="x", by=self.coordinator)

    def ask(self, a: int, b: int) -> None:
        person = Person(email=f"p{a}@x.example", first_name="P", last_name="N")
        registration.ask(invitation_id=self.chosen(Invitation, 0), person=person, by=LINK)

    def confirm(self, a: int, b: int) -> None:
        registration.confirm(registration_id=self.chosen(Registration, a), by=LINK)

    def admit(self, a: int, b: int) -> None:
        registration.admit_by_hand(registration_id=self.chosen(Registration, a), by=self.coordinator)

    def leave(self, a: int, b: int) -> None:
        registration.leave(registration_id=self.chosen(Registration, a), by=LINK)

    def remove(self, a: int, b: int) -> None:
        registration.remove(registration_id=self.chosen(Registration, a), by=self.coordinator)

    def capacity(self, a: int, b: int) -> None:
        Session.objects.update(capacity=1 + a)
        registration.move_up(session_id=self.session.pk)

    def need(self, a: int, b: int) -> None:
        accommodation.ask(enrolment_id=self.chosen(Enrolment, a), need=f"x{b}", by=LINK)

    def settle_need(self, a: int, b: int) -> None:
        asked = self.chosen(AccommodationRequest, a)
        match b % 4:
            case 0:
                due_on = self.now.at.date()
                accommodation.prepare(
                    request_id=asked, adaptation="x", due_on=due_on, expected_version=None, by=self.officer
                )
                accommodation.finish(request_id=asked, by=self.officer)
            case 1:
                accommodation.decline(request_id=asked, reason="x", by=self.officer)
            case 2:
                accommodation.reopen(request_id=asked, by=self.officer)
            case 3:
                accommodation.withdraw(request_id=asked, by=self.officer)

    def stop(self, a: int, b: int) -> None:
        mail.stop(self.chosen(Message, a))

    def release(self, a: int, b: int) -> None:
        mail.release(self.chosen(Message, a), queue=bool(b % 2))

    def again(self, a: int, b: int) -> None:
        mail.send_again(self.chosen(Message, a), copies=0)

    def send(self, a: int, b: int) -> None:
        mail.send_due()

    def wait(self, a: int, b: int) -> None:
        self.now.at += timedelta(days=a * b // 5, hours=2)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=STEPS)
@example([("set_status", 0, 3), ("answer", 0, 1), ("set_status", 0, 1), ("put_on", 0, 1)])
@example([("ask", 0, 0), ("confirm", 0, 0), ("need", 0, 0), ("settle_need", 0, 0), ("settle_need", 0, 2)])
@example([("stop", 0, 0), ("cancel", 1, 1), ("release", 0, 0), ("release", 0, 1), ("send", 0, 0)])
def test_states_change_by_declared_moves_alone(
    cast: Cast, now: MovableClock, taken: list[tuple[str, int, int]]
) -> None:
    began = now.at
    with transaction.atomic():
        world = World(cast, now)
        before = states()
        for verb, a, b in taken:
            act: Callable[[int, int], Any] = getattr(world, verb)
            with suppress(Refused):
                act(a, b)
            after = states()
            for (model, pk), state in after.items():
                left = before.get((model, pk), state)
                assert left == state or (left, state) in REACHABLE[model], (verb, model, left, state)
            journal.deliver_due()
            before = states()
        transaction.set_rollback(True)
    now.at = began
