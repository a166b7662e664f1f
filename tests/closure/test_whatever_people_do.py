"""Whatever people do on a mission, in whatever order, what it says of itself stays true."""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.closure import actions as closure
from cordee.closure import queries
from cordee.conformity.steps import PROVEN
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as enrolment_queries
from cordee.enrolment.rules import Person
from cordee.fees import actions as fees
from cordee.fees.models import FeeLine, FeeRequest
from cordee.fees.steps import REQUESTED, TO_REQUEST
from cordee.journal import actions as journal
from cordee.journal.models import Delivery
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Refused
from cordee.missions import actions as missions
from cordee.missions.models import Mission
from cordee.missions.states import MissionStatus
from cordee.missions.steps import ORDERED
from cordee.planning import actions as planning
from cordee.planning import queries as planning_queries
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus, StaffRole
from cordee.planning.steps import CONFIRMED, HELD, PLANNED
from tests.cast import Cast, draft
from tests.conftest import MovableClock

if TYPE_CHECKING:
    from collections.abc import Callable

VERBS = (
    *("plan", "plan", "put_on", "put_on", "set_status", "set_status", "set_status", "set_role", "change"),
    *("cancel", "enrol", "present", "present", "present", "ask", "ask", "ask", "approve", "give_back"),
    *("amend", "reopen", "finish", "allow", "wait", "wait", "wait", "carry", "carry"),
)
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 5), st.integers(0, 5)), max_size=30)


class World:
    """One mission and everything that can be done to it; each verb takes two small numbers to choose by."""

    def __init__(self, cast: Cast, now: MovableClock) -> None:
        self.cast = cast
        self.now = now
        self.people = [cast.camille, cast.noor, cast.elodie, cast.idris, cast.dan]

    def day(self, n: int) -> date:
        return self.now.at.date() + timedelta(days=n - 1)

    def session(self, n: int) -> Session:
        found = list(Session.objects.filter(mission=self.cast.mission).order_by("pk"))
        if not found:
            raise Refused(())
        return found[n % len(found)]

    def place(self, n: int) -> Assignment:
        found = list(Assignment.objects.filter(session__mission=self.cast.mission).order_by("-pk"))
        if not found:
            raise Refused(())
        return found[n % len(found)]

    def plan(self, a: int, b: int) -> None:
        planning.plan_sessions(
            mission_id=self.cast.mission.pk,
            line_id=self.cast.line.pk,
            draft=draft(self.day(a)),
            count=1 + b % 2,
            facilitator_ids=[f.pk for f in self.people[b : b + 2]],
            regularised_because="x",
            despite_clash=True,
            by=COMMAND,
        )

    def put_on(self, a: int, b: int) -> None:
        planning.put_on(
            session_id=self.session(a).pk,
            facilitator_id=self.people[b % 5].pk,
            role=StaffRole.OBSERVER if a % 3 == 2 else StaffRole.FACILITATOR,
            despite_clash=True,
            by=COMMAND,
        )

    def set_status(self, a: int, b: int) -> None:
        status = (*AssignmentStatus, AssignmentStatus.CONFIRMED, AssignmentStatus.CONFIRMED)[b]
        planning.set_status(assignment_id=self.place(a).pk, status=status, by=COMMAND)

    def set_role(self, a: int, b: int) -> None:
        planning.set_role(assignment_id=self.place(a).pk, role=list(StaffRole)[b % 2], by=COMMAND)

    def change(self, a: int, b: int) -> None:
        planning.change_session(
            session_id=self.session(a).pk,
            draft=draft(self.day(b)),
            expected_version=None,
            regularised_because="x",
            despite_clash=True,
            by=COMMAND,
        )

    def cancel(self, a: int, b: int) -> None:
        planning.cancel_session(session_id=self.session(a).pk, reason="x", by=COMMAND)

    def enrol(self, a: int, b: int) -> None:
        person = Person(email=f"p{b}@x.fr")
        session_id = self.session(a).pk
        try:
            enrolment.enrol(session_id=session_id, people=[person], by=COMMAND)
        except Refused:
            attendance.add_walk_in(session_id=session_id, person=person, by=COMMAND)

    def present(self, a: int, b: int) -> None:
        session = self.session(a)
        if not enrolment_queries.enrolments(session.pk):
            self.enrol(a, b)
        states = {e.pk: PresenceState.PRESENT for e in enrolment_queries.enrolments(session.pk)}
        for half_day in session.half_days.all():
            attendance.record_presence(half_day_id=half_day.pk, states=states, by=COMMAND)

    def ask(self, a: int, b: int) -> None:
        fees.request_fees(mission_id=self.cast.mission.pk, by=COMMAND)

    def approve(self, a: int, b: int) -> None:
        fees.approve(request_id=self.request(a), by=COMMAND)

    def give_back(self, a: int, b: int) -> None:
        fees.return_request(request_id=self.request(a), reason="x", by=COMMAND)

    def request(self, n: int) -> int:
        found = list(FeeRequest.objects.order_by("-pk").values_list("pk", flat=True))
        if not found:
            raise Refused(())
        return found[n % len(found)]

    def amend(self, a: int, b: int) -> None:
        planning.amend_order_line(line_id=self.cast.line.pk, quantity=a, reason="x", by=COMMAND)

    def reopen(self, a: int, b: int) -> None:
        closure.reopen(mission_id=self.cast.mission.pk, reason="x", by=COMMAND)

    def finish(self, a: int, b: int) -> None:
        missions.finish_correction(mission_id=self.cast.mission.pk, by=COMMAND)

    def allow(self, a: int, b: int) -> None:
        fees.allow_extra_request(mission_id=self.cast.mission.pk, reason="x", by=COMMAND)

    def carry(self, a: int, b: int) -> None:
        """Do all that is left to do, so that missions get closed."""
        with suppress(Refused):
            self.plan(2, b)
        self.wait(3, 3)
        for place in Assignment.objects.filter(status=AssignmentStatus.INVITED).order_by("pk"):
            with suppress(Refused):
                planning.set_status(assignment_id=place.pk, status=AssignmentStatus.CONFIRMED, by=COMMAND)
        for n in range(Session.objects.count()):
            with suppress(Refused):
                self.present(n, b)
        for verb in (self.ask, self.finish, self.amend):
            with suppress(Refused):
                verb(planning_queries.committed(self.cast.line.pk), 0)

    def wait(self, a: int, b: int) -> None:
        self.now.at += timedelta(days=1 + a * b, hours=2)

    def settle(self) -> None:
        while journal.deliver_due():
            assert not list(Delivery.objects.exclude(error="").values_list("subscriber", "error"))

    def check(self) -> None:
        """Assert what must hold whenever nobody is at work."""
        mission = Mission.objects.select_related("order").get(pk=self.cast.mission.pk)
        progress = queries.progress(mission)
        for line in progress.lines:
            counter = [line.of(c) for c in (REQUESTED, HELD, CONFIRMED, PLANNED, ORDERED)]
            assert counter == sorted(counter), counter
            assert line.of(PROVEN) <= line.of(HELD)
            assert line.of(TO_REQUEST) == line.of(HELD) - line.of(REQUESTED)
        blocking = [step.code for step in progress.steps if step.blocks_closure]
        assert (mission.status == MissionStatus.CLOSED) == (not blocking), (mission.status, blocking)
        live = FeeLine.objects.filter(released=False, kind="facilitation")
        assert all(n == 1 for n in Counter(live.values_list("session", "facilitator")).values())
        coordination = FeeLine.objects.filter(released=False, kind="coordination")
        assert coordination.count() <= 1
        if coordination and mission.status == MissionStatus.CLOSED:
            assert sum(row.quantity for row in coordination) == progress.total(HELD)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=STEPS)
@example([("plan", 2, 0), ("wait", 1, 2), ("set_status", 0, 1), ("ask", 0, 0), ("cancel", 0, 0)])
@example([("plan", 2, 0), ("wait", 1, 2), ("ask", 0, 0), ("set_role", 0, 1), ("set_role", 1, 1)])
@example([("plan", 2, 0), ("wait", 1, 2), ("ask", 0, 0), ("change", 0, 5), ("amend", 1, 0)])
@example(
    [("amend", 1, 0), ("plan", 2, 0), ("wait", 1, 2), ("ask", 0, 0), ("present", 0, 0), ("reopen", 0, 0)]
)
def test_the_counter_never_lies_and_only_what_is_complete_is_closed(
    cast: Cast, now: MovableClock, taken: list[tuple[str, int, int]]
) -> None:
    began = now.at
    with transaction.atomic():
        world = World(cast, now)
        world.settle()
        for verb, a, b in taken:
            act: Callable[[int, int], Any] = getattr(world, verb)
            with suppress(Refused):
                act(a, b)
            world.settle()
            world.check()
        transaction.set_rollback(True)
    now.at = began
