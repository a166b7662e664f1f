"""The pages on which a client's contact gives the names."""

import re
from collections.abc import Callable
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cordee.attendance import actions as attendance
from cordee.enrolment import actions, queries
from cordee.enrolment.facts import ListLinkUsed
from cordee.enrolment.models import Enrolment, ListRow
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND, Actor
from cordee.links.models import PersonalLink
from cordee.lists import apart
from cordee.lists.reader import read_text
from cordee.mail.models import Message
from cordee.missions.models import OrderLine
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.steps import ask_client, enrol, plan, told

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def nobody_typed_yet() -> None:
    cache.clear()


@pytest.fixture
def sessions(cast: Cast) -> list[Session]:
    return plan(cast, cast.camille, cast.noor, count=2)


@pytest.fixture
def sophie(cast: Cast, sessions: list[Session]) -> Actor:
    return ask_client(cast)


@pytest.fixture
def guest() -> Client:
    """Somebody without an account, reading English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def home(cast: Cast, sophie: Actor) -> str:
    return f"/c/{queries.asked(cast.mission.pk)[0].token}/"


@pytest.fixture
def here(home: str, sessions: list[Session]) -> str:
    return f"{home}{sessions[0].ref}/"


def new() -> str:
    return f"new-{uuid4().hex}"


def send(guest: Client, here: str, key: str, *typed: str, htmx: bool = True, **more: str) -> Any:
    values = dict(zip(("email", "first_name", "last_name"), typed, strict=False))
    return guest.post(f"{here}{key}/", {**values, "do": "save", **more}, headers=HTMX if htmx else {})


def tags(html: str) -> list[str]:
    """Return the words of the states that are told."""
    return re.findall(r'<span class="tag [^"]*">.*?</svg>([^<]*)</span>', html, re.DOTALL)


def on_list(session: Session) -> list[str]:
    return [e.participant.full_name for e in queries.enrolments(session.pk)]


# --- coming in ------------------------------------------------------------------------------------------------


def test_the_mail_leads_to_the_page(
    cast: Cast, sophie: Actor, settle: Callable[[], None], guest: Client
) -> None:
    settle()
    message = Message.objects.get(purpose="list_request")
    assert (message.to_email, message.reply_to) == (cast.contact.email, cast.camille.user.email)
    assert "4 ateliers en parallèle" in message.subject
    assert "Hôtel de ville" in message.text
    found = re.search(r"https?://[^/]+(/c/\S+)", message.text)
    assert found
    assert "Hello Sophie," in guest.get(found[1]).text


def test_it_says_for_what_how_many_names_and_until_when(home: str, guest: Client, cast: Cast) -> None:
    html = guest.get(home).text
    for words in (
        "“4 ateliers en parallèle” for Ville de Valmont",
        "Atelier A",
        "Atelier B",
        "Thursday 14 January 2027, 9:00 – 12:00",
        "Hôtel de ville, salle des mariages",
        "Names given: 0 of 12",
        "· 14 places",
        "Open until the evening of Tuesday 12 January 2027.",
        "Camille Rousset",
    ):
        assert words in html, words


def test_it_says_who_is_missing_what(
    home: str, guest: Client, cast: Cast, sessions: list[Session], sophie: Actor
) -> None:
    people = [Person(first_name="Ana"), Person(email="bo@x.fr"), Person(email="cy@x.fr", first_name="Cy")]
    actions.enrol(session_id=sessions[0].pk, people=people, by=COMMAND)
    actions.give_person(session_id=sessions[0].pk, person=Person(first_name="Eva"), by=sophie)
    html = guest.get(home).text
    for words in ("Names given: 3 of 12", "1 without e-mail", "1 without a name", "1 row to look at"):
        assert words in html, words
    OrderLine.objects.update(expected_participants=4)
    enrol(cast, sessions[1], "Ida")
    assert tags(guest.get(home).text).count("complete") == 1
    OrderLine.objects.update(expected_participants=0)
    assert "Places taken: 1 of 14" in guest.get(home).text


def test_with_one_session_it_goes_straight_to_its_list(cast: Cast, guest: Client) -> None:
    (session,) = plan(cast)
    ask_client(cast)
    home = f"/c/{queries.asked(cast.mission.pk)[0].token}/"
    answer = guest.get(home)
    assert answer.headers["Location"] == f"{home}{session.ref}/"
    assert "All sessions" not in guest.get(answer.headers["Location"]).text


def test_nothing_but_the_names_is_shown(
    here: str, guest: Client, cast: Cast, sessions: list[Session]
) -> None:
    enrol(cast, sessions[0], "Ana")
    html = guest.get(here).text
    assert "ana@valmont.example" in html
    for secret in ("Noor", "€", "/sessions/", "/missions/", "Badge", cast.mission.ref):
        assert secret not in html, secret


def test_a_use_is_a_fact_and_nothing_else_is(
    home: str, here: str, guest: Client, now: MovableClock, sophie: Actor
) -> None:
    guest.head(home)
    guest.get(f"{here}names/")
    assert told(ListLinkUsed) == []
    guest.get(home)
    guest.get(here)
    send(guest, here, new(), "ana@x.fr", "Ana")
    now.move_to("2027-01-04 12:45")
    guest.get(f"{here}names/")
    send(guest, here, new(), "bo@x.fr", "Bo")
    assert len(told(ListLinkUsed)) == 1
    guest.get(here)
    assert len(told(ListLinkUsed)) == 2


@pytest.mark.parametrize("path", ["", "S-2027-0001-A/", "S-2027-0001-A/names/", "S-2027-0001-A/row-1/"])
def test_a_link_that_ended_says_whom_to_ask(
    cast: Cast, home: str, guest: Client, now: MovableClock, path: str
) -> None:
    now.move_to("2027-01-21 12:00")
    for answer in (guest.get(home + path), guest.post(home + path, {"do": "save"})):
        assert answer.status_code == 410
        assert "This link no longer works" in answer.text
        assert "mailto:camille@reseau.example" in answer.text
    assert not ListRow.objects.exists()


def test_a_link_that_ends_while_the_page_is_open_is_told_on_top(cast: Cast, here: str, guest: Client) -> None:
    (asked,) = queries.asked(cast.mission.pk)
    assert 'id="ended"' in guest.get(here).text
    actions.revoke_link(invitation_id=asked.invitation.pk, by=COMMAND)
    for answer in (
        send(guest, here, new(), "ana@x.fr"),
        guest.get(f"{here}names/", headers=HTMX),
        guest.post(here, {"text": "x@x.fr"}, headers=HTMX),
    ):
        assert (answer.status_code, answer["HX-Retarget"]) == (410, "#ended")
        assert "</html>" not in answer.text


def test_a_revoked_link_and_one_that_was_never_given(cast: Cast, home: str, guest: Client) -> None:
    (asked,) = queries.asked(cast.mission.pk)
    actions.revoke_link(invitation_id=asked.invitation.pk, by=COMMAND)
    assert guest.get(home).status_code == 410
    never = guest.get(home[:-4] + "x/")
    assert never.status_code == 404
    assert "Camille" not in never.text
    link = PersonalLink.objects.get()
    assert guest.get(f"/a/{asked.token or home.split('/')[2]}/").status_code in {404, 410}, "for names only"
    assert link.revoked_at is not None


def test_sessions_of_other_missions_are_not_there(cast: Cast, home: str, guest: Client) -> None:
    (there,) = planning.plan_sessions(
        mission_id=cast.other_mission.pk,
        line_id=cast.other_mission.order.lines.get().pk,
        draft=draft(),
        by=COMMAND,
    )
    enrol_there = actions.enrol(session_id=there.pk, people=[Person(first_name="Ana")], by=COMMAND).new[0]
    for path in ("", "names/", "new-x/", f"person-{enrol_there.pk}/"):
        assert guest.get(f"{home}{there.ref}/{path}").status_code == 404
        assert guest.post(f"{home}{there.ref}/{path}").status_code in {404, 405}


# --- row by row -------------------------------------------------------------------------------------------


def test_a_row_is_saved_and_drawn_again(here: str, guest: Client, sessions: list[Session]) -> None:
    answer = send(guest, here, new(), "ana@x.fr", "Ana", "Ba")
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<tr id="person-')
    assert tags(answer.text) == ["on the list"]
    assert on_list(sessions[0]) == ["Ana Ba"]
    again = send(guest, here, new(), "ana@x.fr", "Ana", "Ba")
    assert again.status_code == 422
    assert "Ana Ba is on the list already." in again.text


def test_a_row_sent_twice_is_one_person_and_the_later_words_count(
    here: str, guest: Client, sessions: list[Session]
) -> None:
    key = new()
    first = send(guest, here, key, "", "Ana", "Ba")
    assert 'id="row-' in first.text
    send(guest, here, key, "", "Ana", "Ba")
    assert ListRow.objects.count() == 1
    send(guest, here, key, "ana@x.fr", "Ana", "Ba")
    assert (ListRow.objects.count(), on_list(sessions[0])) == (0, ["Ana Ba"])
    assert send(guest, here, key, "ana@x.fr", "Ana", "Ba").status_code == 200
    assert send(guest, here, "new-zzz", "b@x.fr", "B").status_code == 404
    assert send(guest, here, "what-1", "b@x.fr", "B").status_code == 404


def test_a_row_that_lacks_something_says_so_with_its_buttons(here: str, guest: Client) -> None:
    answer = send(guest, here, new(), "ana@gmial.com", "Ana", "Ba")
    row = ListRow.objects.get()
    for words in ("to correct", "Is “ana@gmial.com” mistyped?", "ana@gmail.com", "Right as it is", "wave"):
        assert words in answer.text
    taken = send(guest, here, f"row-{row.pk}", "ana@gmial.com", "Ana", "Ba", seen="1", do="mend")
    assert 'value="ana@gmail.com"' in taken.text
    assert "on the list" in taken.text


def test_a_correction_that_is_refused_keeps_what_was_typed(
    here: str, guest: Client, sessions: list[Session], sophie: Actor
) -> None:
    ana = actions.give_person(
        session_id=sessions[0].pk,
        person=Person(email="ana@x.fr", first_name="Ana", last_name="Ba"),
        by=sophie,
    )
    assert isinstance(ana, Enrolment)
    key = f"person-{ana.pk}"
    answer = send(guest, here, key, "ana@gmial.com", "Anna", "Ba")
    assert answer.status_code == 422
    for words in ('value="ana@gmial.com"', 'value="Anna"', "not saved", "ana@gmail.com", "Right as it is"):
        assert words in answer.text
    whole = send(guest, here, key, "ana@gmial.com", "Anna", "Ba", htmx=False)
    assert whole.status_code == 422
    assert 'value="Anna"' in whole.text
    assert "</html>" in whole.text
    assert on_list(sessions[0]) == ["Ana Ba"]
    send(guest, here, key, "ana@gmial.com", "Anna", "Ba", do="mend")
    person = queries.enrolments(sessions[0].pk)[0].participant
    assert (person.full_name, person.email) == ("Anna Ba", "ana@gmail.com")


def test_a_row_that_somebody_else_took_away_is_given_anew(
    here: str, guest: Client, sessions: list[Session]
) -> None:
    send(guest, here, new(), "", "Ana", "Ba")
    row = ListRow.objects.get()
    assert send(guest, here, f"row-{row.pk}", seen="1", do="remove").text == ""
    gone = send(guest, here, f"row-{row.pk}", "ana@x.fr", "Ana", "Ba", seen="1")
    assert gone.status_code == 422
    assert "took it away meanwhile" in gone.text
    key = re.search(r'<tr id="(new-\w+)"', gone.text)
    assert key
    send(guest, here, key[1], "ana@x.fr", "Ana", "Ba")
    assert on_list(sessions[0]) == ["Ana Ba"]


def test_somebody_is_taken_off_and_put_back(here: str, guest: Client, sessions: list[Session]) -> None:
    send(guest, here, new(), "ana@x.fr", "Ana", "Ba")
    ana = Enrolment.objects.get()
    assert send(guest, here, f"person-{ana.pk}", do="remove").text == ""
    html = guest.get(here).text
    assert "taken off" in html
    send(guest, here, f"person-{ana.pk}", do="back", htmx=False)
    assert on_list(sessions[0]) == ["Ana Ba"]


def test_whom_the_coordinator_put_on_cannot_be_changed_but_completed(
    cast: Cast, here: str, guest: Client, sessions: list[Session]
) -> None:
    people = [Person(first_name="Ana", last_name="Ba"), Person(email="bo@x.fr", first_name="Bo")]
    ana, bo = actions.enrol(session_id=sessions[0].pk, people=people, by=COMMAND).new
    html = guest.get(here).text
    assert re.search(rf'id="person-{ana.pk}-email"[^>]*>', html)
    assert not re.search(rf'id="person-{ana.pk}-email"[^>]*readonly', html)
    assert re.search(rf'id="person-{ana.pk}-last_name"[^>]*readonly', html)
    assert re.search(rf'id="person-{bo.pk}-email"[^>]*readonly', html)
    assert "Take off the list" not in html
    send(guest, here, f"person-{ana.pk}", "ana@x.fr", "Ana", "Ba")
    assert send(guest, here, f"person-{bo.pk}", "bob@x.fr", "Bo", "").status_code == 422
    assert {e.participant.email for e in queries.enrolments(sessions[0].pk)} == {"ana@x.fr", "bo@x.fr"}


def test_a_full_session_keeps_what_is_given_and_says_whom_to_tell(
    cast: Cast, here: str, guest: Client, sessions: list[Session]
) -> None:
    Session.objects.update(capacity=1)
    send(guest, here, new(), "ana@x.fr", "Ana", "Ba")
    answer = send(guest, here, new(), "bo@x.fr", "Bo", "Cy")
    assert "no place left" in answer.text
    html = guest.get(here).text
    for words in ("Every place is taken", "Tell the coordinator", "mailto:camille@reseau.example?subject="):
        assert words in html
    Session.objects.update(capacity=2)
    assert "Put on the list" in guest.get(here).text
    row = ListRow.objects.get()
    send(guest, here, f"row-{row.pk}", "bo@x.fr", "Bo", "Cy", seen="1", do="wave")
    assert on_list(sessions[0]) == ["Ana Ba", "Bo Cy"]


def test_too_many_saves_in_a_minute_are_held_back_and_nothing_is_lost(
    here: str, guest: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "names": "2/m/key"}
    for n in range(2):
        assert send(guest, here, new(), f"p{n}@x.fr", "P").status_code == 200
    held = send(guest, here, new(), "late@x.fr", "Léa")
    assert held.status_code == 429
    assert 0 < int(held.headers["Retry-After"]) <= 60
    assert "Wait a minute" in held.text
    assert 'value="late@x.fr"' in held.text
    assert "Wait a minute" in guest.post(here, {"text": "x@x.fr"}).text
    assert guest.get(here).status_code == 200, "reading is free"


# --- several at once, and live --------------------------------------------------------------------------------


def test_a_paste_and_a_file(here: str, guest: Client, sessions: list[Session]) -> None:
    answer = guest.post(here, {"text": "Ana Ba <ana@x.fr>\nBo Cy"}, follow=True)
    assert "1 person is on the list · 1 to look at again" in answer.text
    file = SimpleUploadedFile("liste.csv", "Nom;Prénom;Courriel\nEm;Dan;dan@x.fr\nBa;Ana;ana@x.fr".encode())
    answer = guest.post(here, {"text": "", "file": file}, headers=HTMX)
    assert answer.text.lstrip().startswith('<div id="names"')
    assert "1 person is on the list · 1 was given before" in answer.text
    assert on_list(sessions[0]) == ["Ana Ba", "Dan Em"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": " "}, "There is nobody in this list."),
        ({"file": b"%PDF-1.7 x"}, "a PDF, not a list"),
    ],
)
def test_a_list_that_cannot_be_read_says_why(
    here: str, guest: Client, given: dict[str, Any], words: str
) -> None:
    for headers in ({}, HTMX):
        sent = {k: SimpleUploadedFile("x.pdf", v) if k == "file" else v for k, v in given.items()}
        answer = guest.post(here, sent, headers=headers)
        assert answer.status_code == 422
        assert words in answer.text


def test_a_large_list_that_finds_no_turn_is_to_come_again_and_stays_typed(
    here: str, guest: Client, every_turn_is_taken: None
) -> None:
    for headers in ({}, HTMX):
        answer = guest.post(here, {"text": "Ana Ba <ana@x.fr>\n" + "x" * apart.SMALL}, headers=headers)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(apart.SECONDS))
        assert "Give this one again in a moment." in answer.text
        assert headers or "ana@x.fr" in answer.text, "HTMX leaves what was typed where it is"


def test_lines_that_are_no_people_are_shown(here: str, guest: Client) -> None:
    text = "Groupe du matin\nAna Ba\tana@x.fr\nBo Cy\tbo@x.fr\nMerci de confirmer avant lundi, cordialement"
    answer = guest.post(here, {"text": text})
    assert "2 people are on the list" in answer.text
    assert "not taken for people" in answer.text


def test_looking_again_costs_little_and_says_only_what_changed(
    here: str, guest: Client, sessions: list[Session], sophie: Actor, django_assert_max_num_queries: Any
) -> None:
    send(guest, here, new(), "ana@x.fr", "Ana", "Ba")
    html = guest.get(here).text
    found = re.search(r'id="names-seen"[^>]*value="([^"]+)"', html)
    assert found
    with django_assert_max_num_queries(8):
        assert guest.get(f"{here}names/", {"seen": found[1]}).status_code == 204
    actions.give_person(session_id=sessions[0].pk, person=Person(first_name="Eva"), by=sophie)
    changed = guest.get(f"{here}names/", {"seen": found[1]})
    assert changed.status_code == 200
    assert 'value="Eva"' in changed.text


def test_a_long_list_costs_as_many_queries_as_a_short_one(
    here: str, guest: Client, sessions: list[Session], django_assert_max_num_queries: Any
) -> None:
    Session.objects.update(capacity=100)
    people = [Person(email=f"p{n}@x.fr", first_name="P") for n in range(60)]
    actions.enrol(session_id=sessions[0].pk, people=people, by=COMMAND)
    guest.get(here)  # the first visit is noted
    with django_assert_max_num_queries(19):
        assert guest.get(here).text.count('<tr id="person-') == 60


def test_of_a_very_long_list_the_first_rows_that_wait_are_drawn(
    here: str, guest: Client, sessions: list[Session], sophie: Actor
) -> None:
    names = ["".join(letters) for letters in product("BCDFGHJKLM", "aeiou", "lmnrs")][:203]
    rows = read_text("\n".join(f"{name} Roux" for name in names)).rows
    actions.give_list(session_id=sessions[0].pk, rows=rows, by=sophie)
    html = guest.get(here).text
    assert html.count('<tr id="row-') == 200
    assert "3 more rows wait: they show here as these are done." in html


def test_a_shared_mailbox_is_pointed_out_once_and_everybody_kept(
    guest: Client, here: str, sessions: list[Session]
) -> None:
    send(guest, here, new(), "desk@x.fr", "Ana", "Ba")
    html = send(guest, here, new(), "desk@x.fr", "Bo", "Cy").text
    told = "desk@x.fr is also the address of Ana Ba. Each is written to by name."
    assert told in html
    assert "Same mailbox, all right" in html
    assert on_list(sessions[0]) == ["Ana Ba", "Bo Cy"]
    assert guest.get(here).text.count(told) == 1, "of the second alone"
    seen = queries.fingerprint(sessions[0].pk)
    bo = f"person-{Enrolment.objects.get(participant__first_name='Bo').pk}"
    html = send(guest, here, bo, "desk@x.fr", "Bo", "Cy", do="wave").text
    assert "on the list" in html
    assert "is also the address" not in html
    assert "is also the address" not in guest.get(here).text
    assert queries.fingerprint(sessions[0].pk) != seen, "another window learns of it"


def test_of_another_mailbox_it_is_pointed_out_anew(guest: Client, here: str, sophie: Actor) -> None:
    for email, name in (("a@x.fr", "Ana"), ("b@x.fr", "Bo"), ("a@x.fr", "Cy")):
        send(guest, here, new(), email, name, "N")
    cy = f"person-{Enrolment.objects.get(participant__first_name='Cy').pk}"
    send(guest, here, cy, "a@x.fr", "Cy", "N", do="wave")
    seen = re.findall(r'name="seen" value="([^"]*)"', send(guest, here, cy, "a@x.fr", "Cy", "N").text)
    html = send(guest, here, cy, "b@x.fr", "Cy", "N", seen=seen[0]).text
    assert "b@x.fr is also the address of Bo N." in html


def test_of_people_whom_others_put_on_the_list_the_contact_is_told_nothing(
    guest: Client, here: str, sessions: list[Session]
) -> None:
    people = [Person(email="desk@x.fr", first_name=name, last_name="N") for name in ("Ana", "Bo")]
    actions.enrol(session_id=sessions[0].pk, people=people, by=COMMAND)
    assert "is also the address" not in guest.get(here).text


def test_the_page_says_later_what_became_of_each_line_that_the_client_gave(
    guest: Client, here: str, cast: Cast, sessions: list[Session]
) -> None:
    enrol(cast, sessions[0], "Ana")
    given = "ana@valmont.example;Ana;N\nbo@x.fr;Bo;Cy\nbo@x.fr;Bo;Cy"
    guest.post(here, {"text": given}, headers=HTMX)
    html = guest.get(here).text.split("What became of each line")[1]
    assert re.findall(r"(?:on the list already|enrolled|twice: see line 2)(?=</span>)", html) == [
        "on the list already",
        "enrolled",
        "twice: see line 2",
    ]


# --- the end -----------------------------------------------------------------------------------------------


def test_the_day_before_the_session_the_page_only_reads(
    here: str, guest: Client, sessions: list[Session], now: MovableClock
) -> None:
    send(guest, here, new(), "ana@x.fr", "Ana", "Ba")
    now.move_to("2027-01-13 00:00")
    html = guest.get(here).text
    for words in (
        "can no longer be changed here",
        "Tell Camille Rousset",
        "Ana Ba",
        "Closed since the evening",
    ):
        assert words in html
    assert 'name="email"' not in html
    late = send(guest, here, new(), "bo@x.fr", "Bo")
    assert late.status_code == 422
    assert 'value="bo@x.fr"' in late.text
    whole = send(guest, here, new(), "bo@x.fr", "Bo", htmx=False)
    assert whole.status_code == 422
    assert "This list is closed" in whole.text
    organisation.update(
        changes=OrganisationChanges(list_closes_days_before=0), expected_version=None, by=COMMAND
    )
    assert "Open until Thursday 14 January 2027, 9:00." in guest.get(here).text
    now.move_to("2027-01-14 12:30")
    assert "This session is over." in guest.get(here).text


def test_presence_is_none_of_the_contacts_business(
    cast: Cast, here: str, guest: Client, sessions: list[Session], now: MovableClock
) -> None:
    enrol(cast, sessions[0], "Ana")
    now.move_to("2027-01-14 12:30")
    states = {e.pk: "absent" for e in queries.enrolments(sessions[0].pk)}
    attendance.record_presence(half_day_id=sessions[0].half_days.get().pk, states=states, by=COMMAND)  # type: ignore[arg-type]
    assert "absent" not in guest.get(here).text
