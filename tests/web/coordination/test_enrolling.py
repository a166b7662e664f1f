"""Enrolling people: pasted, checked, enrolled; nothing typed is lost."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cordee.enrolment import queries
from cordee.enrolment.models import Enrolment, ListRow
from cordee.lists import apart
from cordee.lists.reader import read_file
from cordee.planning.models import Session
from tests.cast import Cast

LISTS = Path(__file__).parents[2] / "data/lists"
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


def typed(*people: tuple[str, str, str], do: str = "enrol", token: str = TOKEN) -> dict[str, Any]:
    """Return the form with people typed into its empty rows."""
    emails, first, last = zip(*people, strict=True)
    lines = range(1, len(people) + 1)
    return {
        "form_token": token,
        "do": do,
        "new-line": lines,
        "new-email": emails,
        "new-first": first,
        "new-last": last,
    }


def give(camille: Any, path: str, text: str = LIST) -> Any:
    return camille.follow(path, {"form_token": TOKEN, "do": "read", "text": text})


def names(session: Session) -> list[str]:
    return [e.participant.full_name for e in queries.enrolments(session.pk)]


def row_of(session: Session, text: str) -> ListRow:
    return ListRow.objects.get(session=session, text__contains=text)


def test_a_paste_becomes_a_table_to_check(camille: Any, path: str, sessions: list[Session]) -> None:
    html = give(camille, path)
    assert not names(sessions[0])
    assert 'value="nadia.benali@valmont.example"' in html
    assert 'value="Benali"' in html
    assert "twice: see line 2" in html
    assert "“marc@@valmont” is not an e-mail address." in html
    assert "2 rows ready" in html
    assert "1 to correct" in html


def test_the_other_columns_are_kept_and_named(camille: Any, path: str) -> None:
    html = give(camille, path, "Nom;Prénom;Courriel;Langue;Groupe\nRoux;Zoé;zoe@x.fr;anglais;B")
    assert "Kept with each person: Langue." in html
    assert 'value="B"' in html


def test_the_same_list_given_again_adds_no_row(camille: Any, path: str, sessions: list[Session]) -> None:
    give(camille, path)
    assert "4 lines were here already." in give(camille, path)
    assert queries.row_count(sessions[0].pk) == 4


@pytest.mark.parametrize(
    "name",
    ["02-entreprise-export-excel.csv", "03-lycee.xlsx", "04-copie-messagerie.txt", "05-tableur-colle.tsv"],
)
def test_a_file_is_read_as_a_paste_is(camille: Any, path: str, sessions: list[Session], name: str) -> None:
    with (LISTS / name).open("rb") as file:
        camille.follow(path, {"form_token": TOKEN, "do": "read", "file": file})
    found = read_file((LISTS / name).read_bytes(), name)
    assert queries.row_count(sessions[0].pk) == len(found.rows)


def test_a_file_that_is_no_list_is_refused_beside_its_field(camille: Any, path: str) -> None:
    file = SimpleUploadedFile("liste.pdf", b"%PDF-1.7 ...")
    html = camille.refused(path, {"form_token": TOKEN, "do": "read", "file": file, "text": ""})
    assert "This file is a PDF, not a list that can be read." in html
    (field,) = re.findall(r'<input[^>]*type="file"[^>]*>', html)
    assert "id_file_error" in field
    assert 'id="id_file_error"' in html


def test_a_large_list_that_finds_no_turn_is_to_come_again_and_stays_typed(
    camille: Any, path: str, every_turn_is_taken: None
) -> None:
    text = LIST + "x" * apart.SMALL
    answer = camille.post(path, {"form_token": TOKEN, "do": "read", "text": text})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(apart.SECONDS))
    assert "Other large lists are being read at this moment." in answer.text
    assert "Nadia.Benali@valmont.example" in answer.text


def test_good_rows_are_enrolled_and_bad_ones_stay(camille: Any, path: str, sessions: list[Session]) -> None:
    give(camille, path)
    html = camille.follow(path, {"form_token": TOKEN[:-1] + "1", "do": "enrol"})
    assert names(sessions[0]) == ["Nadia Benali", "Zoé Roux"]
    assert "2 people enrolled · 1 line twice" in html
    assert 'value="marc@@valmont"' in html
    assert 'value="Nadia"' not in html
    row = row_of(sessions[0], "marc@@")
    edited = {
        "row": row.pk,
        f"version-{row.pk}": row.version,
        f"email-{row.pk}": "marc@valmont.example",
        f"first-{row.pk}": "Marc",
        f"last-{row.pk}": "Blanc",
    }
    html = camille.follow(path, {"form_token": TOKEN[:-1] + "3", "do": "enrol"} | edited)
    assert "1 person enrolled" in html
    assert "Marc Blanc" in html
    assert not queries.row_count(sessions[0].pk)


def test_a_list_imported_again_changes_nothing(camille: Any, path: str, sessions: list[Session]) -> None:
    give(camille, path)
    camille.follow(path, {"form_token": TOKEN[:-1] + "1", "do": "enrol"})
    before = names(sessions[0])
    html = give(camille, path)
    assert html.count("on the list already") >= 2
    html = camille.follow(path, {"form_token": TOKEN[:-1] + "2", "do": "enrol"})
    assert "0 people enrolled · 2 on the list already" in html
    assert names(sessions[0]) == before


def test_one_click_takes_the_proposal(camille: Any, path: str, sessions: list[Session]) -> None:
    give(camille, path, "Hugo Moreau <hugo@gmial.com>\nGaëlle Roux <gaelle@eolia,example>")
    row = row_of(sessions[0], "gmial")
    html = camille.follow(path, {"form_token": TOKEN, "do": f"propose:{row.pk}"})
    assert 'value="hugo@gmail.com"' in html
    camille.follow(path, {"form_token": TOKEN, "do": "propose-all"})
    assert {r.email for r in ListRow.objects.all()} == {"hugo@gmail.com", "gaelle@eolia.example"}


def test_what_only_looks_wrong_may_be_right(camille: Any, path: str, sessions: list[Session]) -> None:
    give(camille, path, "Hugo Moreau <hugo@gmial.com>")
    row = row_of(sessions[0], "gmial")
    camille.follow(path, {"form_token": TOKEN, "do": f"right:{row.pk}"})
    camille.follow(path, {"form_token": TOKEN[:-1] + "1", "do": "enrol"})
    assert names(sessions[0]) == ["Hugo Moreau"]


def test_a_row_is_left_out(camille: Any, path: str, sessions: list[Session]) -> None:
    give(camille, path)
    row = row_of(sessions[0], "Nadia")
    camille.follow(path, {"form_token": TOKEN, "do": f"drop:{row.pk}"})
    assert queries.row_count(sessions[0].pk) == 3
    camille.follow(path, {"form_token": TOKEN, "do": "drop-all"})
    assert not queries.row_count(sessions[0].pk)


def test_a_row_typed_into_is_saved_and_only_what_follows_from_it_comes_back(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    give(camille, path)
    row = row_of(sessions[0], "marc@@")
    here = reverse("change_list_row", args=[sessions[0].ref, row.pk])
    edited = {
        "row": row.pk,
        f"version-{row.pk}": row.version,
        f"email-{row.pk}": "marc@valmont.example",
        f"first-{row.pk}": "Marc",
        f"last-{row.pk}": "Blanc",
    }
    html = camille.client.post(here, edited, HTTP_HX_REQUEST="true").content.decode()
    assert "3 rows ready" in html
    assert '<input type="text"' not in html, "somebody is typing in the fields"
    row.refresh_from_db()
    assert (row.email, row.version) == ("marc@valmont.example", 2)


def test_the_second_of_two_editors_is_told(
    camille: Any, come: Any, cast: Cast, path: str, sessions: list[Session]
) -> None:
    give(camille, path)
    row = row_of(sessions[0], "marc@@")
    edited = {
        "row": row.pk,
        f"version-{row.pk}": 1,
        f"email-{row.pk}": "marc@valmont.example",
        f"first-{row.pk}": "Marc",
        f"last-{row.pk}": "Blanc",
    }
    come(cast.olga).follow(path, edited | {"do": "save", "form_token": TOKEN})
    html = camille.refused(path, edited | {f"last-{row.pk}": "Blanchet", "do": "save", "form_token": TOKEN})
    assert "Somebody else changed this while you were editing." in html
    assert 'value="Blanchet"' in html, "what was typed is not lost"
    row.refresh_from_db()
    assert row.last_name == "Blanc"


def test_a_double_click_enrols_once(camille: Any, path: str, sessions: list[Session]) -> None:
    for _ in range(2):
        camille.follow(path, typed(("nadia@valmont.example", "Nadia", "Benali")))
    assert names(sessions[0]) == ["Nadia Benali"]
    assert not queries.row_count(sessions[0].pk) or "on the list already" in camille.get(path)


def test_an_address_alone_is_enough(camille: Any, path: str, sessions: list[Session]) -> None:
    camille.follow(path, typed(("nadia@valmont.example", "", "")))
    assert names(sessions[0]) == ["nadia@valmont.example"]


def test_typed_rows_stay_when_more_is_pasted(camille: Any, path: str) -> None:
    html = camille.follow(
        path, typed(("typed@valmont.example", "", ""), do="read") | {"text": "pasted@valmont.example"}
    )
    assert "typed@valmont.example" in html
    assert "pasted@valmont.example" in html


def test_another_list_takes_the_place_of_the_one_that_was_left(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    give(camille, path, "Ana Ba <ana@x.fr>\nBo Cy <bo@x.fr>")
    html = give(camille, path, "Bo Cy <bo@x.fr>\nDan Em <dan@x.fr>")
    assert "made way for this one: Ana Ba" in html
    assert set(ListRow.objects.values_list("first_name", flat=True)) == {"Dan", "Bo"}
    camille.follow(path, {"form_token": TOKEN, "do": "read", "text": "Eva Li <eva@x.fr>", "add": "on"})
    assert set(ListRow.objects.values_list("first_name", flat=True)) == {"Bo", "Dan", "Eva"}


def test_a_name_that_cannot_be_printed_is_no_shared_mailbox(camille: Any, path: str) -> None:
    html = give(camille, path, "王小明 <wang@x.fr>")
    assert "no font" in html
    assert "Same mailbox" not in html


def test_a_shared_mailbox_is_pointed_out_once_and_what_became_of_each_is_said(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    html = give(camille, path, "Zoé Li <a@x.fr>\nMarc Cy <a@x.fr>\nMARC CY <a@x.fr>\nZoé Roux")
    assert "a@x.fr is also the address of Zoé Li." in html
    row = ListRow.objects.get(session=sessions[0], line=2)
    html = camille.follow(path, {"form_token": TOKEN, "do": f"right:{row.pk}"})
    assert "is also the address" not in html
    html = camille.follow(path, {"form_token": TOKEN[:-1] + "7", "do": "enrol"})
    assert {"Zoé Li", "Marc Cy"} <= set(names(sessions[0]))
    assert "Twice in the list: MARC CY." in html


def test_the_page_of_the_list_says_later_what_became_of_each_line(
    camille: Any, path: str, sessions: list[Session], now: Any
) -> None:
    html = give(camille, path, f"{LIST}Groupe B :\n")
    assert "line 4" in html
    assert "Line 5: Groupe B :" in html
    now.at += timedelta(minutes=1)
    camille.follow(path, {"form_token": TOKEN, "do": f"drop:{row_of(sessions[0], 'marc@@').pk}"})
    now.at += timedelta(minutes=1)
    answer = camille.post(path, {"form_token": TOKEN[:-1] + "1", "do": "enrol"})
    assert answer["Location"] == f"{path}#lines", "there is more to say than that all are enrolled"
    html = camille.get(path)
    acts = re.split('id="lines"', html)[1].split("<details")[1:]
    lines = [re.findall(r"<td[^>]*>\s*(.*?)\s*</td>", act, re.DOTALL) for act in acts]
    told = [
        [re.sub(r"<svg.*?</svg>|<[^>]+>", "", cell, flags=re.DOTALL).strip() for cell in act] for act in lines
    ]
    assert told == [
        ["1", "Nadia Benali", "enrolled", "2", "Zoé Roux", "enrolled", "3", "Zoé Roux", "twice: see line 2"],
        ["4", "Marc Blanc", "left out"],
        ["5", "Groupe B :", "not taken for a person"],
    ]
    assert all("Camille Rousset" in act for act in acts)


def test_all_simply_enrolled_one_is_back_at_the_session(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    give(camille, path, "Ana Ba <ana@x.fr>")
    answer = camille.post(path, {"form_token": TOKEN[:-1] + "1", "do": "enrol"})
    assert answer["Location"].endswith(f"{sessions[0].ref}/#people")


def test_what_became_of_many_lines_is_told_page_by_page(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    Session.objects.update(capacity=500)
    give(camille, path, "\n".join(f"p{n}@valmont.example" for n in range(150)))
    camille.follow(path, {"form_token": TOKEN[:-1] + "1", "do": "enrol"})
    html = camille.get(path)
    assert ">p99@valmont.example" in html
    assert ">p100@valmont.example" not in html
    assert ">p100@valmont.example" in camille.get(f"{path}?lines=2")


def test_after_the_end_it_is_still_said_what_became_of_each_line(camille: Any, path: str, now: Any) -> None:
    give(camille, path)
    camille.follow(path, {"form_token": TOKEN[:-1] + "1", "do": "enrol"})
    now.move_to("2027-01-14 12:30")
    assert "twice: see line 2" in camille.get(path)


def test_somebody_typed_who_may_be_several_is_asked_about(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    give(camille, path, "Zoé Li <a@x.fr>\nMarc Cy <a@x.fr>")
    camille.follow(path, {"form_token": TOKEN[:-1] + "8", "do": "enrol"})
    html = camille.follow(path, typed(("a@x.fr", "", ""), do="one", token=TOKEN[:-1] + "9"))
    assert "Several people have a@x.fr: Zoé Li, Marc Cy." in html
    assert queries.row_count(sessions[0].pk) == 1


def test_one_person_is_enrolled_without_touching_the_rows_that_wait(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    give(camille, path)
    camille.follow(path, typed(("lea@valmont.example", "Léa", "Caron"), do="one", token=TOKEN[:-1] + "1"))
    assert names(sessions[0]) == ["Léa Caron"]
    assert queries.row_count(sessions[0].pk) == 4
    wrong = typed(("lea@@valmont", "Léa", "Caron"), do="one", token=TOKEN[:-1] + "2")
    html = camille.refused(path, wrong)
    assert 'value="lea@@valmont"' in html


def test_no_room_is_told_with_a_way_out_and_nothing_is_lost(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    html = camille.refused(path, typed(*((f"p{n}@valmont.example", "", "") for n in range(15))))
    assert "14 places are left for 15" in html
    assert reverse("change_session", args=[sessions[0].ref]) in html
    assert 'value="p14@valmont.example"' in html
    assert not names(sessions[0])


def test_nothing_typed_says_so(camille: Any, path: str) -> None:
    assert "Nobody to enrol yet" in camille.refused(path, typed(("", "", "")))


def test_after_the_end_the_list_is_closed(camille: Any, path: str, now: Any) -> None:
    now.move_to("2027-01-14 12:30")
    assert "has ended: its list is closed." in camille.get(path)
    html = camille.post(path, typed(("nadia@valmont.example", "", ""))).content.decode()
    assert "has ended: its list is closed." in html


def test_a_long_list_is_shown_in_pages_and_narrowed(camille: Any, path: str, sessions: list[Session]) -> None:
    give(camille, path, "\n".join(f"p{n}@valmont.example;P{n};N" for n in range(150)) + "\nx@@valmont;X;N")
    html = camille.get(path)
    assert 'value="p99@valmont.example"' in html
    assert 'value="p100@valmont.example"' not in html
    html = camille.get(f"{path}?show=correct")
    assert 'value="x@@valmont"' in html
    assert 'value="p1@valmont.example"' not in html


def test_a_long_list_costs_as_many_queries_as_a_short_one(
    camille: Any, path: str, django_assert_max_num_queries: Any
) -> None:
    for n in (1, 90):
        give(camille, path, "\n".join(f"p{n}-{i}@valmont.example" for i in range(n)))
        with django_assert_max_num_queries(12):
            camille.get(path)


@pytest.fixture
def nina(camille: Any, path: str, sessions: list[Session]) -> Enrolment:
    people = (("nina@valmont.example", "Nina", "Durant"), ("zoe@valmont.example", "Zoé", "Roux"))
    camille.follow(path, typed(*people))
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
    shared = values | {"form_token": TOKEN[:-1] + "5", "email": "zoe@valmont.example"}
    assert "zoe@valmont.example is also the address of Zoé Roux." in camille.follow(path, shared)
    zoe = shared | {"form_token": TOKEN[:-1] + "6", "first_name": "ZOE", "last_name": "Roux"}
    assert "ZOE Roux stands on this list already" in camille.refused(path, zoe)


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


def test_what_is_left_of_a_session_beyond_its_capacity_is_nothing(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    """Walk-ins fill a session beyond what it takes: nobody reads “-1 places left”."""
    camille.follow(path, typed(("a@v.example", "Ana", "Un"), ("b@v.example", "Bea", "Deux")))
    Session.objects.filter(pk=sessions[0].pk).update(capacity=1)
    html = camille.get(path)
    assert "0 places left" in html
    assert "-1 place" not in html


def test_a_second_address_is_taken_in_one_click_and_only_on_its_row(
    camille: Any, path: str, sessions: list[Session]
) -> None:
    text = "Nom;Prénom;Mail\nRoux;Zoé;zoe@x.fr / zoe@maison.example\nBlanc;Marc;marc@gmial.com"
    html = give(camille, path, text)
    assert "Another address was given, too: zoe@maison.example." in html
    zoe = row_of(sessions[0], "Zoé")
    camille.follow(path, {"form_token": TOKEN, "do": "propose-all"})
    zoe.refresh_from_db()
    assert zoe.email == "zoe@x.fr", "it was right: an offer is no correction"
    assert row_of(sessions[0], "Marc").email == "marc@gmail.com"
    camille.follow(path, {"form_token": TOKEN, "do": f"propose:{zoe.pk}"})
    zoe.refresh_from_db()
    assert (zoe.email, zoe.details) == ("zoe@maison.example", {"e-mail": "zoe@x.fr"})
    camille.follow(path, {"form_token": TOKEN, "do": "enrol"})
    assert sorted(names(sessions[0])) == ["Marc Blanc", "Zoé Roux"]


def test_lines_that_were_not_taken_for_people_are_told(camille: Any, path: str) -> None:
    html = give(camille, path, "Nom;Mail\nZoé Roux;zoe@x.fr\nSoit une personne")
    assert "These lines were not taken for people: Line 3: Soit une personne" in html
    html = give(
        camille, path, "Bonjour Camille,\nVoici la liste :\nNom;Mail\nAna Roy;ana@x.fr\nTotal : 9 personnes"
    )
    told = "Line 1: Bonjour Camille, · Line 2: Voici la liste : · Line 5: Total : 9 personnes"
    assert f"These lines were not taken for people: {told}" in html
    html = give(camille, path, "Nom;Mail\nMarc Blanc;marc@x.fr")
    assert "not taken for people" not in html
