"""Groups: seen first, changed by hand, made in one go, undone; and one person moved from the session page."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries
from cordee.enrolment.models import Enrolment, Split
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import DURING, plan

TOKEN = "6f0f2a52-3c53-4a0e-9f43-1c3d1b1f2a02"
LANGUAGES = ("fr", "fr", "fr", "en", "en", "fr")
NAMES = ("Ana", "Bo", "Cy", "Di", "Ed", "Fa")


@pytest.fixture
def groups(cast: Cast) -> list[Session]:
    """Return two workshops in parallel, everybody on the first."""
    found = plan(cast, cast.noor, cast.elodie, count=2, capacity=6)
    people = [
        Person(email=f"{n.lower()}@x.fr", first_name=n, last_name="Ba", group="Bleu", details={"Langue": v})
        for n, v in zip(NAMES, LANGUAGES, strict=True)
    ]
    enrolment.enrol(session_id=found[0].pk, people=people, by=COMMAND)
    return found


@pytest.fixture
def path(groups: list[Session]) -> str:
    return reverse("groups", args=[groups[0].ref])


def asked(groups: list[Session], step: str = "show", method: str = "evenly", **more: Any) -> dict[str, Any]:
    ids = [s.pk for s in groups]
    return {"form_token": TOKEN, "step": step, "method": method, "sessions": ids, **more}


def ids_of(session: Session) -> dict[str, int]:
    return {e.participant.first_name: e.pk for e in queries.enrolments(session.pk)}


def names(session: Session) -> list[str]:
    return sorted(ids_of(session))


def placed(html: str) -> dict[str, list[int]]:
    """Return what each menu of the board says: the enrolments by the session chosen."""
    menus = re.findall(r'<select id="at-(\d+)"[^>]*>(.*?)</select>', html, re.DOTALL)
    found: dict[str, list[int]] = {}
    for person, options in menus:
        (chosen,) = re.findall(r'value="(\d+)" selected', options)
        found.setdefault(chosen, []).append(int(person))
    return found


def test_groups_are_shown_as_they_are_then_as_they_would_be(
    camille: Any, groups: list[Session], path: str
) -> None:
    a, b = groups
    html = camille.get(path)
    assert set(placed(html)) == {str(a.pk)}
    assert "Langue: fr 4, en 2" in html
    shown = camille.post(path, asked(groups)).content.decode()
    assert {k: len(v) for k, v in placed(shown).items()} == {str(a.pk): 3, str(b.pk): 3}
    assert "from Atelier A" in shown
    by_column = asked(groups, method="column", column="detail:Langue")
    shown = camille.post(path, by_column).content.decode()
    assert {k: len(v) for k, v in placed(shown).items()} == {str(a.pk): 4, str(b.pk): 2}
    assert names(a) == list(NAMES), "nobody moved for looking"


def test_they_are_made_as_they_were_changed_by_hand_and_undone(
    camille: Any, groups: list[Session], path: str
) -> None:
    a, b = groups
    ids = ids_of(a)
    places = {f"at-{ids[n]}": str(b.pk if n in {"Ana", "Fa"} else a.pk) for n in NAMES}
    html = camille.follow(path, asked(groups, "apply", **places))
    assert (names(a), names(b)) == (["Bo", "Cy", "Di", "Ed"], ["Ana", "Fa"])
    assert "2 people changed session." in html
    assert 'form="undo-groups">Undo</button>' in html, "undo in the toast too, without script"
    until = re.search(r"Those concerned are told at ([^;]+); until then it can be undone", html)
    assert until
    assert until[1] in html.replace(until[0], ""), "the page that stays says the time of the toast that goes"
    assert until[0] in camille.get(path)
    camille.follow(path, asked(groups, "apply", **places))
    assert Split.objects.count() == 1, "the same form sent again does nothing"
    undo = reverse("undo_groups", args=[a.ref, Split.objects.get().pk])
    html = camille.follow(undo)
    assert "Undone: everybody is back where they were." in html
    assert names(a) == list(NAMES)
    assert "undo-groups" not in html


def test_what_is_refused_is_shown_with_what_was_chosen(
    camille: Any, groups: list[Session], path: str
) -> None:
    a, b = groups
    Session.objects.filter(pk=b.pk).update(capacity=1)
    ids = ids_of(a)
    places = {f"at-{ids[n]}": str(b.pk) for n in ("Ana", "Fa")}
    html = camille.refused(path, asked(groups, "look", **places))
    assert "Atelier B has 1 person too many for its capacity of 1." in html
    html = camille.refused(path, asked(groups, "apply", **places))
    assert sorted(placed(html)[str(b.pk)]) == sorted([ids["Ana"], ids["Fa"]])
    assert names(b) == []


def test_wishes_are_written_by_name_and_kept(camille: Any, groups: list[Session], path: str) -> None:
    a, b = groups
    ids = ids_of(a)
    wishes = {
        "kind-0": "together",
        "wish-0": ["ana", "Fa Ba", "", ""],
        "kind-1": "apart",
        "wish-1": ["Bo Ba", "cy"],
    }
    html = camille.post(path, asked(groups, **wishes)).content.decode()
    board = placed(html)
    at = {pk: session for session, people in board.items() for pk in people}
    assert at[ids["Ana"]] == at[ids["Fa"]]
    assert at[ids["Bo"]] != at[ids["Cy"]]
    assert 'value="Fa Ba"' in html
    by_hand = {f"at-{ids[n]}": str(b.pk) for n in ("Bo", "Cy")}
    html = camille.refused(path, asked(groups, "apply", **by_hand, **wishes))
    assert "Bo Ba and Cy Ba are to be kept apart and are not." in html
    html = camille.refused(path, asked(groups, **{"kind-0": "apart", "wish-0": ["Ba", "Zoé"]}))
    assert "Several people match “Ba”: write more of the name." in html
    assert "Nobody on these sessions is called “Zoé”." in html
    assert names(b) == []


def test_one_session_alone_or_a_session_that_has_begun_is_no_group(
    camille: Any, cast: Cast, groups: list[Session], path: str, now: MovableClock
) -> None:
    html = camille.refused(path, asked(groups[:1]))
    assert "Choose at least two sessions." in html
    (alone,) = plan(cast, starts="14:00", ends="17:00")
    assert "There are no groups to make here." in camille.get(reverse("groups", args=[alone.ref]))
    now.move_to(DURING)
    assert "There are no groups to make here." in camille.get(path)


def test_it_costs_as_much_for_five_as_for_fifty(
    camille: Any, cast: Cast, groups: list[Session], path: str, django_assert_num_queries: Any
) -> None:
    data = asked(groups, method="column", column="detail:Langue")
    with CaptureQueriesContext(connection) as few:
        camille.post(path, data)
    Session.objects.filter(pk__in=[s.pk for s in groups]).update(capacity=60)
    people = [Person(email=f"p{n}@x.fr", details={"Langue": "fr"}) for n in range(44)]
    enrolment.enrol(session_id=groups[1].pk, people=people, by=COMMAND)
    with django_assert_num_queries(len(few)):
        camille.post(path, data)


# --- one person, from the session page ------------------------------------------------------------
def test_somebody_is_moved_from_the_menu_beside_their_name(camille: Any, groups: list[Session]) -> None:
    a, b = groups
    ana = ids_of(a)["Ana"]
    html = camille.get(reverse("session", args=[a.ref]))
    assert "Places taken: 0 of 6" in html
    html = camille.follow(reverse("move_enrolment", args=[a.ref, ana]), {"state": b.ref})
    assert "Ana Ba is on Atelier B now." in html
    assert names(b) == ["Ana"]
    told = "1 person moved from Atelier A to Atelier B"
    for session in groups:
        assert told in camille.get(reverse("session", args=[session.ref])), "both sessions tell it"


def test_a_full_session_is_not_offered_and_says_why(camille: Any, cast: Cast, groups: list[Session]) -> None:
    a, b = groups
    Session.objects.filter(pk=b.pk).update(capacity=1)
    ids = ids_of(a)
    move = reverse("move_enrolment", args=[a.ref, ids["Bo"]])
    enrolment.move(enrolment_ids=[ids["Ana"]], session_id=b.pk, by=COMMAND)
    html = camille.get(reverse("session", args=[a.ref]))
    assert "Places taken: 1 of 1" in html
    assert f'value="{b.ref}"' not in html
    assert "has a capacity of 1: 0 places are left" in camille.follow(move, {"state": b.ref})
    assert camille.post(move, {"state": "S-1999-0001-A"}).status_code == 404


def test_the_mission_leads_to_the_groups_of_its_parallel_sessions(
    camille: Any, cast: Cast, groups: list[Session], path: str, now: MovableClock
) -> None:
    address = reverse("mission", args=[cast.mission.ref])
    assert f'href="{path}"' in camille.get(address)
    now.move_to(DURING)
    assert f'href="{path}"' not in camille.get(address)


# --- late arrivals --------------------------------------------------------------------------------
def test_one_more_goes_to_the_smallest_group_when_that_is_ticked(camille: Any, groups: list[Session]) -> None:
    a, b = groups
    row = {"new-email": "gil@x.fr", "new-first": "Gil", "new-last": "Ba"}
    data = {"form_token": TOKEN, "do": "one", "smallest": "1", **row}
    html = camille.follow(reverse("enrol", args=[a.ref]), data)
    assert "Atelier B: 1 person enrolled" in html
    assert names(b) == ["Gil"]


def test_at_the_door_too_for_who_runs_the_mission(
    camille: Any, come: Any, cast: Cast, groups: list[Session], now: MovableClock
) -> None:
    a, b = groups
    now.move_to(DURING)
    walk_in = reverse("walk_in", args=[a.ref])
    data = {"form_token": TOKEN, "first_name": "Gil", "last_name": "Ba", "smallest": "1"}
    html = camille.post(walk_in, data).content.decode()
    assert "Added to Atelier B." in html
    assert names(b) == ["Gil"]
    noor = come(cast.noor)
    assert "smallest" not in noor.get(reverse("presence", args=[a.ref]))
    noor.post(walk_in, {**data, "form_token": TOKEN.replace("6", "7"), "first_name": "Hal"})
    assert Enrolment.objects.get(participant__first_name="Hal").session_id == a.pk
