"""Every address × every role: who is let in, who is turned away, and no address missing from the table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cordee.accommodation import actions as accommodation
from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import FeeSchedule
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as lists
from cordee.enrolment.models import Enrolment, ListRow
from cordee.enrolment.rules import Person
from cordee.enrolment.states import PARTICIPANT_LINK
from cordee.journal.models import Delivery
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.kernel.permissions import Role
from cordee.links import actions as links
from cordee.links.queries import token
from cordee.lists.reader import read_text
from cordee.mail.models import Message
from cordee.notifications.actions import change_words
from cordee.notifications.rules import Words
from cordee.notifications.staff import ANSWER_LINK
from cordee.notifications.texts import Purpose
from cordee.organisation import actions as organisation
from cordee.planning import actions as planning
from cordee.registration import actions as registration
from cordee.registration.models import Registration
from cordee.registration.states import REGISTRATION_LINK
from tests.architecture.access_table import IN_THE_DEMO, NOBODY, TABLE, Page, Way
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.papers import PDF
from tests.steps import ask_client, disability_officer, enrol, hold, place_of, plan, request_fees
from tests.surveys.asking import asked_by

TYPED = {"typed": "something"}
"""A form with nothing in it that it asks for: it is bound, so it is answered as a form."""


def addresses(resolver: URLResolver | None = None) -> Iterator[tuple[str | None, str]]:
    """Return every name with its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name, str(pattern.pattern)
        else:
            yield from addresses(pattern)


PATTERNS = {name or f"(without a name: {pattern})": pattern for name, pattern in reversed(list(addresses()))}


def test_every_address_is_in_the_table_and_no_other() -> None:
    assert set(PATTERNS) - set(TABLE) == set(), "say who may open it"
    assert set(TABLE) - set(PATTERNS) == set(), "gone: take it out of the table"


@dataclass
class World:
    """The mission of Valmont, half done, with something behind every address; and somebody in each role."""

    people: dict[str, User | None]
    values: dict[str, Any]
    refs: dict[str, str]
    tokens: dict[str, str]
    """Personal links, by the letter under which their pages lie."""

    def address(self, name: str) -> str:
        pattern = PATTERNS[name]
        wanted = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        first = pattern.lstrip("^").split("/")[0]
        of_place = {"ref": self.refs, "token": self.tokens}
        return reverse(
            name, kwargs={k: of_place[k][first] if k in of_place else self.values[k] for k in wanted}
        )


@pytest.fixture
def world(cast: Cast, now: MovableClock, settle: Any) -> World:
    auditor = accounts.invite_colleague(
        email="audit@certif.example",
        first_name="Aude",
        last_name="Iteur",
        roles=[Role.AUDITOR],
        ends_on=date(2027, 6, 1),
        by=COMMAND,
    )
    (held,) = plan(cast, cast.camille, cast.noor)
    hold(cast, now, held)
    request = request_fees(cast)
    session, other = plan(cast, cast.noor, day=date(2027, 1, 20), count=2)
    (ana,) = enrol(cast, other, "Ana")
    made = enrolment.split(mission_id=cast.mission.pk, placement={ana.pk: session.pk}, by=COMMAND)
    settle()
    change_words(
        purpose=Purpose.JOINING,
        language="fr",
        words=Words("Convocation", "Bonjour {first_name}", "Ma page"),
        expected_version=None,
        by=COMMAND,
    )
    enrolment.keep_rows(session_id=session.pk, rows=read_text("bo@@x.fr").rows, by=COMMAND)
    ask_client(cast)
    (asked,) = lists.asked(cast.mission.pk)
    place = place_of(session, cast.noor)
    needed = accommodation.ask(enrolment_id=ana.pk, need="Une place devant.", by=COMMAND)
    later = clock.now() + timedelta(days=3)
    link = links.give(purpose=ANSWER_LINK, subject_id=place.pk, until=later)
    own_page = links.give(purpose=PARTICIPANT_LINK, subject_id=ana.pk, until=later)
    invitation = registration.open_registration(session_id=session.pk, by=COMMAND)
    somebody = Person(email="bo@x.example", first_name="Bo", last_name="N")
    registration.ask(invitation_id=invitation.pk, person=somebody, by=COMMAND)
    bo = Registration.objects.get()
    to_confirm = links.give(purpose=REGISTRATION_LINK, subject_id=bo.pk, until=later)
    organisation.update(changes={}, papers={"internal_rules": PDF}, expected_version=None, by=COMMAND)
    catalogue.change_service_type(
        service_type_id=cast.workshop.pk, changes={}, programme_file=PDF, expected_version=None, by=COMMAND
    )
    return World(
        people={
            "anonymous": None,
            "operations": cast.olga,
            "finance": cast.farid,
            "quality": cast.quitterie,
            "administrator": cast.ada,
            "auditor": auditor,
            "disability officer": disability_officer(),
            "coordinator of this mission": cast.camille.user,
            "coordinator of another": cast.dan.user,
            "facilitator on the session": cast.noor.user,
            "facilitator elsewhere": cast.elodie.user,
        },
        values={
            "assignment_id": place.pk,
            "row_id": ListRow.objects.get().pk,
            "enrolment_id": ana.pk,
            "split_id": made.pk,
            "request_id": needed.pk,
            "line_id": cast.line.pk,
            "client_id": cast.valmont.pk,
            "contact_id": cast.contact.pk,
            "service_id": cast.workshop.pk,
            "questionnaire_id": asked_by(cast.workshop).questionnaire_id,
            "question_key": "q1",
            "kind": "one",
            "schedule_id": FeeSchedule.objects.get().pk,
            "user_id": cast.farid.pk,
            "facilitator_id": cast.noor.pk,
            "message_id": Message.objects.filter(mission_id=cast.mission.pk).order_by("pk")[0].pk,
            "purpose": "joining",
            "language": "fr",
            "version": 1,
            "delivery_id": Delivery.objects.order_by("pk")[0].pk,
            "paper": "internal-rules",
            "registration_id": bo.pk,
            "invitation_id": asked.invitation.pk,
            "row_key": f"person-{Enrolment.objects.get(session=session).pk}",
            "key": "a:b",
            "uidb36": "1",
        },
        refs={
            "missions": cast.mission.ref,
            "sessions": session.ref,
            "orders": cast.mission.order.ref,
            "fees": request.ref,
            "c": session.ref,
        },
        tokens={
            "a": token(link),
            "c": asked.token,
            "p": token(own_page),
            "r": invitation.token,
            "w": token(to_confirm),
        },
    )


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
        assert visit.status_code in ({200} if name in {"mailbox", "mailbox_message"} else {200, 404}), name
        assert sent.status_code in {200, 302, 404}, name


def test_what_is_not_there_is_not_found_by_those_who_might_see_it(world: World) -> None:
    world.refs = dict.fromkeys(world.refs, "M-1999-0001")
    world.values |= {k: 999_999 for k, v in world.values.items() if isinstance(v, int)}
    world.values |= {"paper": "none", "purpose": "nothing"}
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
