"""Enrolling people: pasted, checked, enrolled; nothing typed is lost."""

from typing import Any

import pytest
from django.urls import reverse

from cordee.enrolment import queries
from cordee.enrolment.models import Enrolment
from cordee.planning.models import Session
from tests.cast import Cast

TOKEN = "6f0f2a52-3c53-4a0e-9f43-1c3d1b1f2a02"
LIST = """\
Nadia Benali <Nadia.Benali@valmont.example>
zoe@valmont.example;Zoé;Roux
zoe@valmont.example\tZoé\tRoux
marc@@valmont;Marc;Blanc
"""


@pytest.fixture
def path(sessions: list[Session]) -> str:
    return reverse("enrol", args=[sessions[0].ref])


def rows(*people: tuple[str, str, str]) -> dict[str, Any]:
    emails, first, last = zip(*people, strict=True)
    return {"form_token": TOKEN, "step": "enrol", "text": "", "email": emails, "first": first, "last": last}


def names(session: Session) -> list[str]:
    return [e.participant.full_name for e in queries.enrolments(session.pk)]


def test_a_paste_becomes_a_table_to_check(camille: Any, path: str, sessions: list[Session]) -> None:
    answer = camille.post(path, {"form_token": TOKEN, "step": "read", "text": LIST})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert not names(sessions[0])
    assert 'value="nadia.benali@valmont.example"' in html
    assert 'value="Benali"' in html
    assert "twice in this list: enrolled once" in html
    assert "Line 4: “marc@@valmont” is not an e-mail address." in html
    assert "3 lines understood" in html
    assert "1 to correct" in html


def test_good_lines_are_enrolled_and_bad_ones_stay(camille: Any, path: str, sessions: list[Session]) -> None:
    people = rows(
        ("nadia@valmont.example", "Nadia", "Benali"),
        ("zoe@valmont.example", "Zoé", "Roux"),
        ("ZOE@valmont.example", "Zoé", "Roux"),
        ("marc@@valmont", "Marc", "Blanc"),
        ("", "", ""),
    )
    html = camille.refused(path, people)
    assert names(sessions[0]) == ["Nadia Benali", "Zoé Roux"]
    assert "2 people enrolled · 1 line twice" in html
    assert 'value="marc@@valmont"' in html
    assert 'value="Nadia"' not in html
    html = camille.follow(
        path,
        rows(("marc@valmont.example", "Marc", "Blanc"), ("zoe@valmont.example", "", ""))
        | {"form_token": TOKEN[:-1] + "3"},
    )
    assert "1 person enrolled · 1 on the list already" in html
    assert "Marc Blanc" in html


def test_a_double_click_enrols_once(camille: Any, path: str, sessions: list[Session]) -> None:
    for _ in range(2):
        camille.follow(path, rows(("nadia@valmont.example", "Nadia", "Benali")))
    assert names(sessions[0]) == ["Nadia Benali"]


def test_an_address_alone_is_enough(camille: Any, path: str, sessions: list[Session]) -> None:
    camille.follow(path, rows(("nadia@valmont.example", "", "")))
    assert names(sessions[0]) == ["nadia@valmont.example"]


def test_typed_rows_stay_when_more_is_pasted(camille: Any, path: str) -> None:
    html = camille.post(
        path, rows(("typed@valmont.example", "", "")) | {"step": "read", "text": "pasted@valmont.example"}
    ).content.decode()
    assert "typed@valmont.example" in html
    assert "pasted@valmont.example" in html


def test_no_room_is_told_with_a_way_out_and_nothing_is_lost(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    html = camille.refused(path, rows(*((f"p{n}@valmont.example", "", "") for n in range(15))))
    assert "14 places are left for 15" in html
    assert reverse("change_session", args=[sessions[0].ref]) in html
    assert 'value="p14@valmont.example"' in html
    assert not names(sessions[0])


def test_nothing_typed_says_so(camille: Any, path: str) -> None:
    assert "Nobody to enrol yet" in camille.refused(path, rows(("", "", "")))


def test_after_the_end_the_list_is_closed(camille: Any, path: str, now: Any) -> None:
    now.move_to("2027-01-14 12:30")
    assert "has ended: its list is closed." in camille.get(path)
    html = camille.post(path, rows(("nadia@valmont.example", "", ""))).content.decode()
    assert "has ended: its list is closed." in html


@pytest.fixture
def nina(camille: Any, path: str, sessions: list[Session]) -> Enrolment:
    camille.follow(
        path, rows(("nina@valmont.example", "Nina", "Durant"), ("zoe@valmont.example", "Zoé", "Roux"))
    )
    return queries.enrolments(sessions[0].pk)[0]


def test_a_name_is_corrected(camille: Any, nina: Enrolment, sessions: list[Session]) -> None:
    path = reverse("correct_enrolment", args=[sessions[0].ref, nina.pk])
    assert 'value="Durant"' in camille.get(path)
    values = {
        "form_token": TOKEN[:-1] + "4",
        "email": "nina@valmont.example",
        "first_name": "Nina",
        "last_name": "Durand",
    }
    assert "Nina Durand" in camille.follow(path, values)
    html = camille.refused(path, values | {"form_token": TOKEN[:-1] + "5", "email": "zoe@valmont.example"})
    assert "zoe@valmont.example is somebody else’s" in html or "is somebody else&#x27;s on this list" in html


def test_somebody_is_taken_off_the_list(camille: Any, nina: Enrolment, sessions: list[Session]) -> None:
    path = reverse("cancel_enrolment", args=[sessions[0].ref, nina.pk])
    camille.get(path, status=404)
    html = camille.follow(path)
    assert "Nina Durant is off the list." in html
    assert names(sessions[0]) == ["Zoé Roux"]


def test_rights_on_names(
    come: Any, camille: Any, cast: Cast, nina: Enrolment, sessions: list[Session]
) -> None:
    here = reverse("correct_enrolment", args=[sessions[0].ref, nina.pk])
    elsewhere = reverse("correct_enrolment", args=[sessions[1].ref, nina.pk])
    camille.get(elsewhere, status=404)
    come(cast.farid).get(here, status=403)
    come(cast.elodie).get(here, status=404)
