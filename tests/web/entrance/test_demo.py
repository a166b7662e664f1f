"""What only the demonstration has."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.fees.models import FeeRequest
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.missions import queries as missions
from cordee.payments.models import Batch, Payment
from cordee.payments.states import PaymentState
from cordee.planning import actions as planning
from cordee.planning.queries import sessions_of
from cordee.planning.steps import HELD
from cordee.web.entrance import letters
from cordee.web.entrance.demo_clock import DemoClock
from cordee.web.entrance.personas import PERSONAS
from tests import steps
from tests.cast import Cast, draft
from tests.money import ready_supplier, second_person
from tests.steps import accept_sheets, enrol, figures, hold


@pytest.fixture
def demo(cast: Cast, settings: Any, tmp_path: Path) -> Cast:
    """Return the cast in a demonstration, where Camille, Idris and Olga are personas."""
    settings.DEMO = True
    settings.DEMO_CLOCK_FILE = tmp_path / "demo-clock"
    for person, email in ((cast.camille.user, "camille.rousset"), (cast.idris.user, "idris.benkirane")):
        User.objects.filter(pk=person.pk).update(email=f"{email}@cordee.example", language="en")
    User.objects.filter(pk=cast.olga.pk).update(email="olga.petrov@cordee.example")
    return cast


@pytest.fixture
def moved(demo: Cast, settings: Any, now: Any) -> Iterator[DemoClock]:
    """Run the house by the demonstration's own clock, from the moment of the tests."""
    source = DemoClock(settings.DEMO_CLOCK_FILE)
    source.move_to(now.at)
    clock.use(source)
    yield source
    clock.use(now)


def close_to(moment: datetime) -> Any:
    return pytest.approx(moment.timestamp(), abs=30)


ADDRESSES = ["/persona/", "/demo/mailbox/", "/demo/mailbox/1/", "/demo/mailbox/1/body/", "/demo/clock/"]


@pytest.mark.parametrize("path", [*ADDRESSES, "/demo/mailbox/1/session.ics"])
def test_elsewhere_none_of_it_exists(cast: Cast, client: Client, path: str) -> None:
    client.force_login(cast.ada)
    assert client.get(path).status_code == 404
    assert client.post(path, {"persona": "administrator", "to": "day"}).status_code == 404


def test_elsewhere_no_page_offers_it(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.olga.pk).update(email="olga.petrov@cordee.example")
    page = client.get("/account/login/").text
    assert "/persona/" not in page
    assert "/demo/" not in page
    client.force_login(cast.olga)
    assert "/demo/" not in client.get("/me/").text


def test_the_personas_that_exist_are_offered(demo: Cast, client: Client) -> None:
    page = client.get("/account/login/", headers={"accept-language": "en"}).text
    main = page[page.index("<main") :]
    assert [key for key, _e, label, _p in PERSONAS if label in main] == [
        "coordinator",
        "facilitator",
        "operations",
    ]


def test_one_click_enters_as_somebody_in_their_language(demo: Cast, client: Client) -> None:
    entered = client.post("/persona/", {"persona": "facilitator"})
    assert entered.headers["Location"] == "/"
    assert entered.cookies["django_language"].value == "en"
    home = client.get("/", follow=True)
    assert home.redirect_chain[-1][0] == "/my/"
    assert "Idris Benkirane" in home.text


def test_one_click_more_makes_one_somebody_else(demo: Cast, client: Client) -> None:
    client.post("/persona/", {"persona": "facilitator"})
    client.post("/persona/", {"persona": "operations"})
    assert "Olga Petrov" in client.get("/me/").text


def test_a_plain_visit_enters_nowhere(demo: Cast, client: Client) -> None:
    assert client.get("/persona/?persona=operations").status_code == 404
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize("persona", ["finance", "nobody", ""])
def test_who_is_not_there_is_said(demo: Cast, client: Client, persona: str) -> None:
    answer = client.post("/persona/", {"persona": persona}, follow=True, headers={"accept-language": "en"})
    assert "This person is not in this demonstration." in answer.text


def test_a_suspended_persona_stays_outside(demo: Cast, client: Client) -> None:
    accounts.suspend(user_id=demo.olga.pk, by=COMMAND)
    client.post("/persona/", {"persona": "operations"})
    assert client.get("/me/").status_code == 302


def test_every_mail_can_be_read_before_logging_in(
    demo: Cast, client: Client, settle: Callable[[], None]
) -> None:
    client.post("/account/login/code/", {"email": "idris.benkirane@cordee.example"})
    letters.answer_all()
    door = client.get("/account/login/code/confirm/").text
    assert "/demo/mailbox/?q=idris.benkirane%40cordee.example" in door
    listed = client.get("/demo/mailbox/?q=idris.benkirane").text
    message = Message.objects.get(purpose="login_code")
    assert reverse("mailbox_message", args=[message.pk]) in listed
    shown = client.get(reverse("mailbox_message", args=[message.pk])).text
    assert message.subject in shown
    assert reverse("mailbox_body", args=[message.pk]) in shown


def test_the_mailbox_is_searched_and_says_when_nothing_matches(
    demo: Cast, client: Client, settle: Callable[[], None]
) -> None:
    settle()
    client.force_login(demo.idris.user)
    everything = client.get("/demo/mailbox/").text
    assert "Élodie Martin" in everything
    found = client.get("/demo/mailbox/?q=noor").text
    assert "Noor van den Berg" in found
    assert "Élodie Martin" not in found
    assert "No e-mail matches" in client.get("/demo/mailbox/?q=zzzz").text


def test_the_mailbox_costs_the_same_with_one_and_thirty_mails(
    demo: Cast, client: Client, settle: Callable[[], None], django_assert_max_num_queries: Any
) -> None:
    settle()
    client.force_login(demo.idris.user)
    with django_assert_max_num_queries(6):
        client.get("/demo/mailbox/")


def test_a_mail_is_shown_as_it_left_and_can_do_nothing(
    demo: Cast, client: Client, settle: Callable[[], None]
) -> None:
    settle()
    message = Message.objects.filter(purpose="invitation").latest("pk")
    answer = client.get(reverse("mailbox_body", args=[message.pk]))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.text.replace('<base target="_top">', "") == message.html
    assert client.get("/demo/mailbox/").headers["X-Frame-Options"] == "DENY"


def test_the_calendar_file_of_a_mail_is_handed_out(
    demo: Cast, client: Client, settle: Callable[[], None]
) -> None:
    plan(demo)
    planning.change_session(
        session_id=sessions_of(demo.mission.pk)[0].pk,
        draft=draft(place="Salle du conseil"),
        expected_version=None,
        by=demo.actor(demo.olga),
    )
    settle()
    message = Message.objects.exclude(calendar="").latest("pk")
    assert reverse("mailbox_calendar", args=[message.pk]) in client.get(f"/demo/mailbox/{message.pk}/").text
    answer = client.get(reverse("mailbox_calendar", args=[message.pk]))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert answer.text.startswith("BEGIN:VCALENDAR")
    without = Message.objects.filter(calendar="").latest("pk")
    assert client.get(reverse("mailbox_calendar", args=[without.pk])).status_code == 404


def test_a_mail_that_is_not_there(demo: Cast, client: Client) -> None:
    assert client.get("/demo/mailbox/999999/").status_code == 404
    assert client.get("/demo/mailbox/999999/body/").status_code == 404


# --- the clock ----------------------------------------------------------------------------------


def plan(cast: Cast) -> None:
    planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        facilitator_ids=[cast.camille.pk],
        by=cast.actor(cast.camille),
    )


def test_the_clock_runs_ahead_by_what_the_file_says(tmp_path: Path) -> None:
    one, other = DemoClock(tmp_path / "c"), DemoClock(tmp_path / "c")
    assert one().timestamp() == close_to(clock.real_time())
    later = clock.real_time() + timedelta(days=40)
    one.move_to(later)
    assert other().timestamp() == close_to(later)
    other.move_to(later + timedelta(days=1))
    assert one().timestamp() == close_to(later + timedelta(days=1))
    other.back_to_now()
    assert one.ahead == timedelta()


@pytest.mark.parametrize("text", ["", "tomorrow", "nan", "1e300", "inf"])
def test_a_damaged_file_moves_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "c").write_text(text)
    assert DemoClock(tmp_path / "c")().timestamp() == close_to(clock.real_time())


def test_an_hour_and_a_day(moved: DemoClock, client: Client, now: Any) -> None:
    client.post("/demo/clock/", {"to": "hour", "next": "/account/login/"})
    assert clock.now().timestamp() == close_to(now.at + timedelta(hours=1))
    answer = client.post("/demo/clock/", {"to": "day", "next": "/account/login/"})
    assert answer.headers["Location"] == "/account/login/"
    assert clock.now().timestamp() == close_to(now.at + timedelta(hours=25))


def test_to_the_start_then_the_end_of_the_next_session_of_a_mission(
    moved: DemoClock, demo: Cast, client: Client
) -> None:
    plan(demo)
    other = demo.other_mission
    planning.plan_sessions(
        mission_id=other.pk,
        line_id=other.order.lines.get().pk,
        draft=draft(starts="08:00", ends="08:30"),
        by=demo.actor(demo.dan),
    )
    client.post("/demo/clock/", {"to": "start", "mission": demo.mission.ref})
    assert clock.now().timestamp() == close_to(datetime(2027, 1, 14, 8, 0, tzinfo=UTC))
    client.post("/demo/clock/", {"to": "end", "mission": demo.mission.ref})
    assert clock.now().timestamp() == close_to(datetime(2027, 1, 14, 11, 1, tzinfo=UTC))


def test_without_a_mission_it_is_the_next_session_of_all(
    moved: DemoClock, demo: Cast, client: Client
) -> None:
    plan(demo)
    client.post("/demo/clock/", {"to": "end"})
    assert clock.now().timestamp() == close_to(datetime(2027, 1, 14, 11, 1, tzinfo=UTC))


def test_what_time_brings_follows_at_once(moved: DemoClock, demo: Cast, client: Client) -> None:
    plan(demo)
    client.post("/demo/clock/", {"to": "end", "mission": demo.mission.ref})
    mission = missions.mission(demo.mission.pk)
    assert mission is not None
    assert figures(mission, HELD) == (1,)


def test_reminders_that_would_have_left_meanwhile_leave_at_once(
    moved: DemoClock, demo: Cast, client: Client
) -> None:
    plan(demo)
    enrol(demo, sessions_of(demo.mission.pk)[0], "Ana")
    client.post("/demo/clock/", {"to": "start", "mission": demo.mission.ref})
    written = Message.objects.filter(to_email="ana@valmont.example")
    assert {m.purpose for m in written} >= {"reminder", "reminder_last"}


def test_the_command_line_takes_the_clock_of_the_home_it_looks_into(
    settings: Any, tmp_path: Path, now: Any
) -> None:
    settings.DEMO, settings.DEMO_CLOCK_FILE = False, tmp_path / "clock"
    DemoClock(settings.DEMO_CLOCK_FILE).move_to(clock.real_time() + timedelta(days=40))
    apps.get_app_config("entrance").ready()
    assert clock.now() - clock.real_time() > timedelta(days=39)


def test_no_session_to_come_is_said_and_nothing_moves(moved: DemoClock, client: Client, now: Any) -> None:
    answer = client.post(
        "/demo/clock/",
        {"to": "end", "next": "/account/login/"},
        follow=True,
        headers={"accept-language": "en"},
    )
    assert "There is no session to come." in answer.text
    assert clock.now().timestamp() == close_to(now.at)


def test_back_to_the_present(moved: DemoClock, client: Client) -> None:
    client.post("/demo/clock/", {"to": "now"})
    assert clock.now().timestamp() == close_to(clock.real_time())


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_clock_leads_nobody_elsewhere(moved: DemoClock, client: Client, target: str) -> None:
    assert client.post("/demo/clock/", {"to": "hour", "next": target}).headers["Location"] == "/"


def test_a_plain_visit_or_nonsense_moves_nothing(moved: DemoClock, client: Client, now: Any) -> None:
    assert client.get("/demo/clock/?to=day").status_code == 404
    assert client.post("/demo/clock/", {"to": "yesterday"}).status_code == 404
    assert clock.now().timestamp() == close_to(now.at)


def test_a_fee_is_followed_to_its_transfer_in_some_twenty_clicks(
    *, moved: DemoClock, demo: Cast, client: Client, now: Any, settle: Callable[[], None]
) -> None:
    """Asked for, approved, invoiced, a month later paid by two people: with the clock and the people of the bar."""
    clock.use(now)
    ready_supplier(demo, demo.idris)
    (session,) = steps.plan(demo, demo.idris)
    hold(demo, now, session)
    accept_sheets(demo, session)
    moved.move_to(now.at)
    clock.use(moved)
    for person, email in ((demo.farid, "farid.amrani"), (second_person(), "fanny.roche")):
        User.objects.filter(pk=person.pk).update(email=f"{email}@cordee.example")

    def press(path: str, **data: str) -> None:
        tokens = {name: str(uuid4()) for name in ("form_token", "executed-form_token")}
        assert client.post(path, tokens | data, follow=True).status_code == 200
        settle()

    press("/persona/", persona="coordinator")
    press(f"/missions/{demo.mission.ref}/fees/", total="250.00")
    press("/persona/", persona="finance")
    press(f"/fees/{FeeRequest.objects.get().ref}/approve/")
    press("/demo/clock/", to="month")
    ready = client.get("/payments/").context["form"].initial
    shown = {"due_by": ready["due_by"].isoformat(), "execute_on": ready["execute_on"].isoformat()}
    press("/payments/prepare/", **shown, others="on")
    batch = f"/payments/{Batch.objects.get().ref}"
    press("/persona/", persona="second_person")
    press(f"{batch}/approve/")
    press(f"{batch}/file/")
    press(f"{batch}/executed/", **{"executed-on": clock.today().isoformat()})
    press("/persona/", persona="facilitator")
    assert "250" in client.get("/my/fees/").text
    assert Payment.objects.get().state == PaymentState.PAID


def test_the_ribbon_shows_the_time_and_whom_to_be(demo: Cast, client: Client) -> None:
    client.force_login(demo.idris.user)
    page = client.get("/my/").text
    assert "Monday 4 January 2027, 12:00" in page
    assert 'name="persona" value="finance"' in page
    assert 'name="next" value="/my/"' in page
