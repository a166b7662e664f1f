"""One box for everything; nobody finds what they may not open."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.accounts.models import User
from cordee.network.models import Facilitator
from cordee.planning import actions as planning
from cordee.planning.states import AssignmentStatus
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import enrol, hold, place_of, plan, request_fees


def browser(person: User | Facilitator) -> Client:
    user = person.user if isinstance(person, Facilitator) else person
    User.objects.filter(pk=user.pk).update(language="en")
    client = Client()
    client.force_login(user)
    return client


def search(person: User | Facilitator, text: str) -> Any:
    """Search as somebody does; what was found is in `found`, labels by title."""
    answer: Any = browser(person).get(reverse("search"), {"q": text})
    if answer.context:
        answer.found = {g.title: [r.label for r in g.results] for g in answer.context["groups"]}
    return answer


def test_help_is_found_by_what_it_is_about(cast: Cast) -> None:
    assert search(cast.noor, "Countersign").found == {"Help": ["Have the attendance sheet signed"]}
    assert search(cast.noor, "whoever").found == {}  # a word among others of a text


def test_the_office_finds_missions_clients_and_people_by_the_words_of_each(cast: Cast) -> None:
    assert search(cast.olga, "valmont").found == {
        "Missions": [cast.other_mission.order.title, cast.mission.order.title],
        "Clients": ["Ville de Valmont"],
    }
    assert search(cast.farid, "  ELODIE ").found == {"People": ["Élodie Martin"]}
    assert search(cast.olga, "petrov").found == {"People": ["Olga Petrov"]}
    nothing = search(cast.olga, "zzz")
    assert nothing.found == {}
    assert "Nothing found" in nothing.text
    assert "What are you looking for?" in search(cast.olga, " ").text


def test_the_beginning_of_a_reference_lists_its_sessions(cast: Cast) -> None:
    first, second = plan(cast, count=2)
    assert search(cast.olga, first.ref.removesuffix("-A").lower()).found == {
        "Sessions": [first.title, second.title]
    }


def test_a_whole_reference_leads_straight_to_its_page(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.camille)
    hold(cast, now, session)
    request = request_fees(cast)
    mission = cast.mission
    for ref, name in (
        (mission.ref.lower(), "mission"),
        (session.ref, "session"),
        (mission.order.ref, "order"),
        (request.ref, "fee_request"),
    ):
        assert search(cast.olga, ref).headers["Location"] == reverse(name, args=[ref.upper()])
    assert search(cast.camille, mission.ref).headers["Location"] == reverse("mission", args=[mission.ref])
    assert search(cast.camille, session.ref).headers["Location"] == reverse("session", args=[session.ref])


def test_facilitators_find_their_own_missions_and_sessions_only(cast: Cast) -> None:
    own, declined, other = plan(cast, cast.noor, cast.idris, cast.elodie, count=3)
    planning.set_status(
        assignment_id=place_of(declined, cast.idris).pk,
        status=AssignmentStatus.DECLINED,
        by=cast.actor(cast.idris),
    )
    assert search(cast.noor, "valmont").found == {"My sessions": [own.title]}
    assert search(cast.noor, own.ref.lower()[:6]).found == {"My sessions": [own.title]}
    assert search(cast.idris, "valmont").found == {}
    led = search(cast.camille, "valmont").found
    assert led["My missions"] == [cast.mission.order.title]
    assert set(led["My sessions"]) == {own.title, declined.title, other.title}
    for hidden in (other.ref, cast.mission.ref, cast.mission.order.ref, "R-2026-0001-A"):
        answer = search(cast.noor, hidden)
        assert answer.status_code == 200
        assert answer.found == {}


def test_a_search_takes_at_most_twelve_queries(cast: Cast) -> None:
    plan(cast, cast.noor, count=4)
    for person, text in ((cast.olga, "valmont"), (cast.olga, "S-"), (cast.camille, "atelier")):
        client = browser(person)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("search"), {"q": text})
        assert len(asked) <= 12, [query["sql"][:120] for query in asked]


def test_participants_are_found_within_ones_rights(cast: Cast) -> None:
    own, other = plan(cast, cast.noor, cast.elodie, count=2)
    enrol(cast, own, "Zoe")
    enrol(cast, other, "Zoe")
    assert search(cast.olga, "ZOÉ").found == {"Participants": ["Zoe N", "Zoe N"]}
    assert search(cast.camille, "zoe@valmont").found == {"Participants": ["Zoe N", "Zoe N"]}
    assert search(cast.noor, "zoe n").found == {"Participants": ["Zoe N"]}
    assert search(cast.dan, "zoe").found == {}
