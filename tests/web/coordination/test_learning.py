"""What people learned, on the pages of who runs sessions and missions, on certificates and in files."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from cordee.attendance.states import PresenceState
from cordee.catalogue import actions as catalogue
from cordee.catalogue.rules import ServiceChanges
from cordee.certificates import actions as certificates
from cordee.certificates.models import Certificate
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.planning.models import Session
from cordee.surveys import actions
from tests.cast import Cast
from tests.certificates.stories import Settle, of, record
from tests.conftest import MovableClock
from tests.steps import enrol, hold, plan
from tests.surveys.asking import KEEN, answer
from tests.surveys.checking import ask_again, give
from tests.web.coordination.conftest import Visitor

NAMES = ("Ana", "Ben", "Cleo", "Driss", "Eva", "Fadi")


@pytest.fixture
def session(cast: Cast, now: MovableClock, settle: Settle) -> Session:
    """Six who were there; five said before how keen they were: 1, 2, 3, 4, 5."""
    version = ask_again(cast, certified=True)
    (session,) = plan(cast, cast.noor)
    for step, person in enumerate(enrol(cast, session, *NAMES)[:5], start=1):
        answer(person, version, **{KEEN: step})
    hold(cast, now, session)
    settle()
    return session


def give_all() -> None:
    for name, keen in zip(NAMES, (3, 3, 3, 3, 5, 2), strict=True):
        give(name, keen)


def test_each_reads_what_they_may(
    cast: Cast, session: Session, camille: Visitor, come: Callable[[Any], Visitor]
) -> None:
    here = reverse("session_progress", args=[session.ref])
    for name in ("Ana", "Ben", "Cleo", "Driss"):
        give(name, 3)
    few = come(cast.olga).get(here)
    assert "Fewer than five people are compared" in few
    assert "38%" not in few
    give("Eva", 5)
    give("Fadi", 2)
    told = "5 compared: 2 progressed, 2 at the same level, 1 lower"
    assert told in come(cast.olga).get(here)
    assert "Fadi N" not in come(cast.olga).get(here)
    for visitor in (camille, come(cast.noor), come(cast.quitterie)):
        page = visitor.get(here)
        assert told in page
        assert "50% on average before, 60% at the end" in page
        assert "Fadi N" in page
        assert "the placement questionnaire was not answered" in page
    assert here in camille.get(reverse("session_beside", args=[session.ref]))
    assert told in camille.get(reverse("mission_progress", args=[session.mission.ref]))


def test_files_say_the_same_and_run_nothing(cast: Cast, session: Session, camille: Visitor) -> None:
    give_all()
    person = of("Ana")[0].participant
    person.last_name = "=1+1"
    person.save()
    by_person = camille.client.get(reverse("session_progress_file", args=[session.ref]))
    rows = by_person.getvalue().decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(rows) == 7
    assert not any(cell.startswith("=") for row in rows for cell in row.replace('"', "").split(";"))
    assert any("0;50;progressed" in row for row in rows)
    address = reverse("mission_progress_file", args=[session.mission.ref])
    by_session = camille.client.get(address).getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    assert ";6;6;5;2;2;1;50;60" in by_session
    assert camille.client.get(f"{address}?as=xlsx").getvalue()[:2] == b"PK"  # type: ignore[attr-defined]


def test_pages_cost_the_same_with_more_people(
    session: Session, camille: Visitor, django_assert_max_num_queries: Any
) -> None:
    give("Ana", 3)
    for more in (False, True):
        if more:
            for name in NAMES[1:]:
                give(name, 4)
        for name, ref in (("session_progress", session.ref), ("mission_progress", session.mission.ref)):
            with django_assert_max_num_queries(12):
                camille.get(reverse(name, args=[ref]))


def test_the_certificate_says_what_was_learned_and_goes_on_saying_it(
    cast: Cast, session: Session, settle: Settle, now: MovableClock, camille: Visitor
) -> None:
    assert of("Ana")[0].content["learned"] is None
    give("Ana", 3)
    give("Fadi", 2)
    settle()
    first, second = of("Ana")
    assert second.content["learned"] == {"before": 0, "after": 50, "basis": "self"}
    assert second.replaces == first
    assert of("Fadi")[-1].content["learned"] == {"before": None, "after": 25, "basis": "self"}
    assert [len(of(name)) for name in ("Ben", "Cleo")] == [1, 1], "nobody else gets another one"
    confirmed = camille.get(reverse("certificate_confirmed", args=[second.code]))
    assert "50% at the end, 0% before (self-assessed)" in confirmed, "nobody takes it for right answers"
    older = {**second.content, "learned": {"before": 0, "after": 50}}
    Certificate.objects.filter(pk=second.pk).update(content=older)
    certificates.issue_for_session(session_id=session.pk, by=COMMAND)
    assert of("Ana")[-1] == second, "one that does not say who assessed it is not made anew for that"
    told = Message.objects.filter(purpose="certificate").order_by("pk")
    assert "Où en êtes-vous" in told.filter(to_email__startswith="ben")[0].text
    assert "Où en êtes-vous" not in told.filter(to_email__startswith="ana").last().text  # type: ignore[union-attr]
    changes = ServiceChanges(check_on_certificate=False)
    catalogue.change_service_type(
        service_type_id=cast.workshop.pk, changes=changes, expected_version=None, by=COMMAND
    )
    now.move_to("2027-05-01 12:00")
    actions.forget_old()
    record(cast, session, Ben=PresenceState.ABSENT)
    settle()
    assert of("Ana")[-1] == second, "answers are forgotten, what is certified stands"
