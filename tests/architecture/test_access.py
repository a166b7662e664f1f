"""Every address × every role: who is let in, who is turned away, and no address missing from the table."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.kernel.actor import COMMAND
from cordee.planning import actions as planning
from cordee.web.guest import urls as guest_urls
from cordee.web.guest.doors import Door
from tests.architecture.access_table import IN_THE_DEMO, NOBODY, TABLE, Page, Way
from tests.architecture.world import PATTERNS, World, build
from tests.cast import Cast, draft
from tests.conftest import MovableClock

TYPED = {"typed": "something"}
"""A form with nothing in it that it asks for: it is bound, so it is answered as a form."""


def test_every_address_is_in_the_table_and_no_other() -> None:
    assert set(PATTERNS) - set(TABLE) == set(), "say who may open it"
    assert set(TABLE) - set(PATTERNS) == set(), "gone: take it out of the table"


def test_every_page_behind_a_link_is_guarded_by_its_door() -> None:
    """Whoever writes a page that takes a token gets who comes from a door, and never looks into the token."""
    behind = [p for p in guest_urls.urlpatterns if "<str:token>" in str(p.pattern)]
    assert behind
    unguarded = [str(p.pattern) for p in behind if not isinstance(getattr(p.callback, "door", None), Door)]
    assert unguarded == [], "decorate the view with the door of its link (web/guest/doors.py)"


@pytest.fixture
def world(cast: Cast, now: MovableClock, settle: Any) -> World:
    return build(cast, now, settle)


def knock(user: User | None, address: str) -> tuple[Any, Any]:
    """Return the answers to a visit and to a form, each as if the other had not been."""
    answers = []
    for send in (lambda client: client.get(address), lambda client: client.post(address, TYPED)):
        client = Client()
        with transaction.atomic():
            if user:
                client.force_login(user)
            answers.append(send(client))
            transaction.set_rollback(True)
    return answers[0], answers[1]


def to_log_in(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))


def wrong(page: Page, role: str, visit: Any, sent: Any) -> str:
    """Return what is wrong with the answers that a role got, if something is."""
    told = f"visit {visit.status_code}, form {sent.status_code}"
    if role == "anonymous":
        return "" if to_log_in(visit) and to_log_in(sent) else f"not asked to log in: {told}"
    away = 403 if role in page.sees else 404
    if not _visit_is_right(page, role, visit, away):
        return f"visited wrongly: {told}"
    if not _form_is_right(page, role, sent, away):
        return f"sent wrongly: {told}"
    return ""


def _visit_is_right(page: Page, role: str, visit: Any, away: int) -> bool:
    if role in page.opens:
        return bool(visit.status_code == 200)
    if page.opens == NOBODY:  # it takes forms only
        return visit.status_code in {403, 404, 405}
    return bool(visit.status_code == away)


def _form_is_right(page: Page, role: str, sent: Any, away: int) -> bool:
    if role in page.sends:
        return sent.status_code not in {403, 405} and sent.status_code < 500 and not to_log_in(sent)
    if page.sends == NOBODY and role in page.opens:  # nothing to send: as a visit
        return sent.status_code in {200, 405, 422}
    return bool(sent.status_code == away)


def test_each_role_is_let_in_or_turned_away(world: World) -> None:
    found = {
        f"{name} by {role}": told
        for name, page in TABLE.items()
        if isinstance(page, Page)
        for role, user in world.people.items()
        if (told := wrong(page, role, *knock(user, world.address(name))))
    }
    assert found == {}


def test_the_way_in_is_open_to_all(world: World) -> None:
    found = {
        f"{name} by {role}": answers
        for name, way in TABLE.items()
        if isinstance(way, Way)
        for role, user in world.people.items()
        if (answers := tuple(answer.status_code for answer in knock(user, world.address(name))))
        != (way.logged_in if user else way.visitor)
    }
    assert found == {}


def test_the_pages_of_the_demo_are_open_in_the_demo(world: World, settings: Any) -> None:
    settings.DEMO = True
    for name in (name for name, page in TABLE.items() if page is IN_THE_DEMO):
        visit, sent = knock(None, world.address(name))
        # A sample photo is of somebody's own session: who is not logged in is asked to first.
        expected = {"mailbox": {200}, "mailbox_message": {200}, "sample_photo": {302}}.get(name, {200, 404})
        assert visit.status_code in expected, name
        assert sent.status_code in {200, 302, 404}, name


def test_what_is_not_there_is_not_found_by_those_who_might_see_it(world: World) -> None:
    world.refs = dict.fromkeys(world.refs, "M-1999-0001")
    world.values |= {k: 999_999 for k, v in world.values.items() if isinstance(v, int)}
    world.values |= {"article": "none", "paper": "none", "purpose": "nothing", "rule": "none"}
    world.tokens = dict.fromkeys(world.tokens, "1:x")
    everything = [n for n, page in TABLE.items() if isinstance(page, Page) and "<" in PATTERNS[n]]
    everything.remove("retry_fact")  # trying again what is not there does nothing, and says nothing
    for name in everything:
        for role in ("operations", "finance", "administrator", "coordinator of this mission"):
            visit, sent = knock(world.people[role], world.address(name))
            assert {visit.status_code, sent.status_code} <= {403, 404}, (name, role)
    for name in ("answer", "placement", "contact_lists", "contact_list", "contact_names", "contact_row"):
        assert knock(None, world.address(name))[0].status_code == 404


def test_things_of_one_mission_are_not_reached_through_another(world: World, cast: Cast) -> None:
    """Ids in an address belong to what stands before them."""

    (other,) = planning.plan_sessions(
        mission_id=cast.other_mission.pk,
        line_id=cast.other_mission.order.lines.get().pk,
        draft=draft(date(2027, 2, 1)),
        by=COMMAND,
    )
    world.refs["sessions"] = other.ref
    world.refs["orders"] = cast.other_mission.order.ref
    for name in (
        "change_place",
        "change_list_row",
        "correct_enrolment",
        "cancel_enrolment",
        "move_enrolment",
        "refuse_person",
        "undo_groups",
    ):
        for role in ("operations", "coordinator of another"):
            visit, sent = knock(world.people[role], world.address(name))
            assert (visit.status_code, sent.status_code) == (404, 404), (name, role)
    world.refs["missions"] = cast.other_mission.ref
    for name in ("mission_mail", "mission_mail_again", "mission_mail_stop", "mission_mail_release"):
        for role in ("operations", "coordinator of another"):
            visit, sent = knock(world.people[role], world.address(name))
            assert (visit.status_code, sent.status_code) == (404, 404), (name, role)
    for name in ("amend_line", "change_line"):
        visit, sent = knock(world.people["operations"], world.address(name))
        assert (visit.status_code, sent.status_code) == (404, 404), name
    world.refs["c"] = other.ref
    for name in ("ask_again", "end_link", "contact_list", "contact_names", "contact_row"):
        visit, sent = knock(world.people["operations"], world.address(name))
        assert {visit.status_code, sent.status_code} <= {404, 405}, name


def test_a_suspended_account_is_outside_at_once(world: World, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.farid)
    assert client.get(reverse("office_todo")).status_code == 200
    accounts.suspend(user_id=cast.farid.pk, by=COMMAND)
    assert to_log_in(client.get(reverse("office_todo")))


def test_an_auditor_is_outside_after_the_last_day(world: World, now: MovableClock) -> None:
    client = Client()
    auditor = world.people["auditor"]
    assert auditor
    client.force_login(auditor)
    now.move_to("2027-06-01 20:00")
    assert client.get(reverse("missions")).status_code == 200
    now.move_to("2027-06-02 08:00")
    assert to_log_in(client.get(reverse("missions")))
