"""Depositing signed sheets from a page, and following how they are read."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.deposits import actions
from cordee.deposits.models import Deposit, DepositedFile, DepositedPage
from cordee.deposits.rules import GivenFile
from cordee.documents.models import PrintedSheet
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from cordee.scans.files import Refusal, Unreadable
from tests.cast import Cast
from tests.deposits.paper import Reader, Seen, code_of

JPEG = b"\xff\xd8\xff\xe0 a photo"


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def send(client: Client, address: str, *contents: bytes, field: str = "scans", **more: Any) -> Any:
    token = client.get(address).context["form"]["form_token"].value()
    files = [SimpleUploadedFile(f"IMG_{n}.jpg", content) for n, content in enumerate(contents)]
    return client.post(address, {"form_token": token, field: files, **more})


def log_in(client: Client, person: Any) -> None:
    user = getattr(person, "user", person)
    user.language = "en"
    user.save()
    client.force_login(user)


def test_neither_way_to_give_a_file_is_called_optional(cast: Cast, client: Client, session: Session) -> None:
    log_in(client, cast.noor)
    assert 'class="optional"' not in client.get(reverse("session_deposits", args=[session.ref])).text


def test_a_facilitator_deposits_photos_and_sees_how_far_they_are(
    cast: Cast, client: Client, session: Session, sheet: PrintedSheet, reader: Reader
) -> None:
    log_in(client, cast.noor)
    scan = reader.given(Seen(code_of(sheet), signed=(1,)))
    answer = send(client, reverse("session_deposits", args=[session.ref]), scan.content, JPEG, field="photo")
    made = Deposit.objects.get()
    assert answer["Location"] == reverse("deposit", args=[made.pk])
    page = client.get(answer["Location"])
    assert b"2 files are being read" in page.content
    assert b"data-poll" in page.content
    reader.files[JPEG] = [[Seen(None)]]
    actions.read_left()
    page = client.get(answer["Location"], headers={"HX-Request": "true"})
    assert b"Everything is read." in page.content
    assert b"data-poll" not in page.content
    assert b"Page 1 of 1, version 1" in page.content
    assert b"No code was found on it" in page.content
    assert page.context["next_url"] == reverse(
        "deposited_page", args=[DepositedPage.objects.earliest("pk").pk]
    )


def test_a_coordinator_deposits_several_sessions_at_once_on_the_mission(
    cast: Cast, client: Client, session: Session, sheet: PrintedSheet, reader: Reader
) -> None:
    log_in(client, cast.camille)
    address = reverse("mission_deposits", args=[cast.mission.ref])
    send(client, address, reader.given(Seen(code_of(sheet)), Seen(None)).content)
    actions.read_left()
    assert Deposit.objects.get().mission == cast.mission
    rows = client.get(address).context["rows"]
    assert [(row.session, row.label) for row in rows] == [
        ("", "File it by hand"),
        ("Atelier", "Compare and confirm"),
    ]


def test_sent_twice_by_a_double_click_it_is_one_deposit(cast: Cast, client: Client, session: Session) -> None:
    log_in(client, cast.noor)
    address = reverse("my_deposits")
    token = client.get(address).context["form"]["form_token"].value()
    for _ in range(2):
        answer = client.post(address, {"form_token": token, "scans": SimpleUploadedFile("a.jpg", JPEG)})
        assert answer.status_code == 302
    assert DepositedFile.objects.count() == 1


def test_what_was_deposited_before_is_said_and_shown_where_it_is(
    cast: Cast, client: Client, session: Session
) -> None:
    log_in(client, cast.noor)
    address = reverse("session_deposits", args=[session.ref])
    first = send(client, address, JPEG)
    again = send(client, address, JPEG)
    assert again["Location"] == first["Location"]
    assert b"1 file was deposited before" in client.get(again["Location"]).content


def test_who_gives_what_somebody_else_gave_is_told_what_to_do(
    cast: Cast, client: Client, session: Session, reader: Reader
) -> None:
    """Noor took it for hers: it is kept once, and belongs to no session that Élodie runs."""
    given = reader.given(Seen(None))
    actions.deposit(files=[given], by=cast.actor(cast.noor))
    log_in(client, cast.elodie)
    address = reverse("my_deposits")
    for _ in range(2):
        answer = send(client, address, given.content)
        assert answer["Location"] == address, "there is no page of it that she may open"
        assert b"1 of them was given by somebody else" in client.get(address).content
        actions.read_left()
    log_in(client, cast.olga)
    shared = send(client, reverse("mission_deposits", args=[cast.mission.ref]), given.content)
    assert client.get(shared["Location"]).status_code == 200


@pytest.mark.parametrize("content", [b"", b"MZ a program", b"GIF89a"])
def test_what_is_no_sheet_is_refused_beside_the_field(
    cast: Cast, client: Client, session: Session, content: bytes
) -> None:
    log_in(client, cast.noor)
    answer = send(client, reverse("session_deposits", args=[session.ref]), JPEG, content)
    assert answer.status_code == 422
    assert answer.context["form"].errors["scans"]
    assert not DepositedFile.objects.exists()


def test_nothing_chosen_says_so(cast: Cast, client: Client, session: Session) -> None:
    log_in(client, cast.noor)
    answer = send(client, reverse("my_deposits"))
    assert answer.status_code == 422
    assert b"No file was chosen." in answer.content


def test_too_many_deposits_wait(cast: Cast, client: Client, session: Session, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "deposit": "1/h/key"}
    log_in(client, cast.noor)
    address = reverse("my_deposits")
    assert send(client, address, JPEG).status_code == 302
    answer = send(client, address, JPEG + b"2")
    assert answer.status_code == 429
    assert b"Deposit the rest in" in answer.content
    assert DepositedFile.objects.count() == 1


def test_a_refused_file_says_why(cast: Cast, client: Client, session: Session, reader: Reader) -> None:
    log_in(client, cast.noor)
    given = reader.given(ends=Unreadable(Refusal.LOCKED_PDF))
    answer = send(client, reverse("my_deposits"), given.content)
    actions.read_left()
    page = client.get(answer["Location"]).content
    assert b"locked by a password" in page
    assert b"Nothing is left to do here." in page


def test_a_deposit_is_seen_by_who_gave_it_and_who_runs_its_place(
    cast: Cast, client: Client, session: Session
) -> None:
    done = actions.deposit(files=[GivenFile(content=JPEG)], session_id=session.pk, by=cast.actor(cast.noor))
    assert done.deposit
    address = reverse("deposit", args=[done.deposit.pk])
    for person, status in (
        (cast.noor, 200),
        (cast.camille, 200),
        (cast.olga, 200),
        (cast.quitterie, 200),
        (cast.elodie, 404),
        (cast.dan, 404),
        (cast.farid, 404),
    ):
        log_in(client, person)
        assert client.get(address).status_code == status, person


def test_whose_sheet_it_is_not_sees_of_a_mixed_deposit_their_own_pages_only(
    cast: Cast, client: Client, session: Session, sheet: PrintedSheet, reader: Reader
) -> None:
    given = [reader.given(Seen(code_of(sheet)), Seen(None))]
    done = actions.deposit(files=given, by=COMMAND)
    actions.read_left()
    log_in(client, cast.noor)
    assert done.deposit
    page = client.get(reverse("deposit", args=[done.deposit.pk]))
    (file,) = page.context["files"]
    assert ([row.title for row in file.pages], file.elsewhere) == (["Page 1 of 1, version 1"], 1)
    assert client.get(reverse("deposited_file", args=[DepositedFile.objects.get().pk])).status_code == 404


def test_the_code_of_a_page_leads_who_runs_the_session_to_depositing_it(
    cast: Cast, client: Client, session: Session, sheet: PrintedSheet
) -> None:
    address = reverse("sheet_page", args=[session.ref, 1, 1])
    assert address.startswith("/D/")
    for person in (cast.noor, cast.camille, cast.olga):
        log_in(client, person)
        answer = client.get(address)
        assert f'action="{reverse("session_deposits", args=[session.ref])}"' in answer.text


def test_the_code_tells_strangers_nothing_of_the_session(
    cast: Cast, client: Client, session: Session, sheet: PrintedSheet
) -> None:
    address, none = (reverse("sheet_page", args=[ref, 1, 1]) for ref in (session.ref, "S-1999-0001-A"))
    for person in (None, cast.elodie, cast.farid):
        if person:
            log_in(client, person)
        answer, other = client.get(address), client.get(none)
        assert answer.status_code == other.status_code == 200
        assert answer.content.count(session.title.encode()) == other.content.count(session.title.encode())
        assert b"Valmont" not in answer.content
    client.logout()
    assert f"next={address}".encode() in client.get(address).content


def test_the_original_is_given_back_harmless_and_under_a_tame_name(
    cast: Cast, client: Client, session: Session
) -> None:
    log_in(client, cast.noor)
    given = GivenFile(content=JPEG, name='../../x"\r\nSet-Cookie: a=b;.html')
    actions.deposit(files=[given], by=cast.actor(cast.noor))
    answer = client.get(reverse("deposited_file", args=[DepositedFile.objects.get().pk]))
    assert answer.content == JPEG
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    assert answer["Content-Disposition"].endswith('.jpg"')
    assert "\r" not in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"


def test_a_list_of_pages_costs_the_same_whatever_its_length(
    cast: Cast, client: Client, sheet: PrintedSheet, reader: Reader
) -> None:
    log_in(client, cast.noor)
    address = reverse("session_deposits", args=[sheet.session.ref])

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    actions.deposit(files=[reader.given(Seen(code_of(sheet)))], by=cast.actor(cast.noor))
    actions.read_left()
    one = count()
    many = [reader.given(Seen(code_of(sheet))) for _ in range(12)]
    actions.deposit(files=many, by=cast.actor(cast.noor))
    actions.read_left()
    assert count() == one
