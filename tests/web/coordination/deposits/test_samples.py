"""Sample photos of a sheet, in the demonstration: drawn, deposited, and read by what reads photos."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.deposits import actions, queries
from cordee.deposits.actions import reading
from cordee.deposits.models import DepositedFile, DepositedPage
from cordee.documents.models import PrintedSheet
from cordee.planning.models import Session
from cordee.scans.answers import Problem
from tests.cast import Cast
from tests.web.coordination.deposits.test_giving import log_in


@pytest.fixture(autouse=True)
def in_the_demo(settings: Any) -> None:
    settings.DEMO = True


def given(client: Client, session: Session, kind: str) -> DepositedPage:
    """Deposit a sample photo in one click, and have it read."""
    answer = client.post(reverse("sample_photo", args=[session.ref, kind]))
    assert answer["Location"] == reverse("deposit", args=[DepositedFile.objects.get().deposit_id])
    actions.read_left()
    return DepositedPage.objects.get()


@pytest.mark.parametrize("kind", ["good", "crooked", "upside-down", "absent", "free-line", "cut"])
def test_what_is_on_a_sample_is_what_is_read(
    cast: Cast, client: Client, session: Session, sheet: PrintedSheet, kind: str
) -> None:
    log_in(client, cast.noor)
    page = given(client, session, kind)
    assert (page.state, page.session, page.sheet) == ("read", session, sheet)
    assert page.problems == (["cut"] if kind == "cut" else [])
    boxes = queries.boxes_of(page)
    said = {(box.kind, box.row): bool(box.signed) for box in boxes if not box.unsure}
    listed = [row for at, row in said if at == "enrolment"]
    assert listed
    assert all(said["enrolment", row] for row in listed[: -1 if kind == "absent" else None])
    assert any(box.absent_ticked for box in boxes) == (kind == "absent")
    assert any(signed for (at, _), signed in said.items() if at == "free") == (kind == "free-line")


@pytest.mark.parametrize(("kind", "problem"), [("no-code", Problem.NO_CODE), ("dark", Problem.TOO_DARK)])
def test_what_cannot_be_read_is_said(
    cast: Cast, client: Client, session: Session, kind: str, problem: Problem
) -> None:
    log_in(client, cast.noor)
    page = given(client, session, kind)
    assert page.state == "by_hand"
    assert problem in page.problems


def test_a_sample_is_saved_as_a_picture_and_is_the_same_each_time(
    cast: Cast, client: Client, session: Session
) -> None:
    log_in(client, cast.noor)
    assert b"No printer at hand?" in client.get(reverse("session_deposits", args=[session.ref])).content
    address = reverse("sample_photo", args=[session.ref, "good"])
    first, second = client.get(address), client.get(address)
    assert first["Content-Type"] == "image/png"
    assert first.content.startswith(b"\x89PNG")
    assert first.content == second.content
    assert client.get(reverse("sample_photo", args=[session.ref, "unheard-of"])).status_code == 404


def test_a_second_click_deposits_nothing_more(cast: Cast, client: Client, session: Session) -> None:
    log_in(client, cast.noor)
    address = reverse("sample_photo", args=[session.ref, "good"])
    assert client.post(address)["Location"] == client.post(address)["Location"]
    assert DepositedFile.objects.count() == 1


def test_only_who_runs_the_session_gets_one(cast: Cast, client: Client, session: Session) -> None:
    log_in(client, cast.quitterie)
    assert client.get(reverse("sample_photo", args=[session.ref, "good"])).status_code == 403
    assert b"No printer at hand?" not in client.get(reverse("session_deposits", args=[session.ref])).content


def test_outside_the_demonstration_there_are_none(
    cast: Cast, client: Client, session: Session, settings: Any
) -> None:
    settings.DEMO = False
    log_in(client, cast.noor)
    assert client.get(reverse("sample_photo", args=[session.ref, "good"])).status_code == 404
    assert b"No printer at hand?" not in client.get(reverse("session_deposits", args=[session.ref])).content


def test_until_the_reader_of_pictures_is_here_it_says_so_and_waits(
    cast: Cast, client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(client, cast.noor)
    answer = client.post(reverse("sample_photo", args=[session.ref, "good"]))
    monkeypatch.setattr(reading, "eyes_are_here", lambda: False)
    monkeypatch.setattr("cordee.web.coordination.deposits.giving.eyes_are_here", lambda: False)
    for _ in range(5):
        actions.read_left()
    assert DepositedFile.objects.get().state == "waiting"
    assert b"What reads pictures is still on its way" in client.get(answer["Location"]).content
    monkeypatch.undo()
    actions.read_left()
    assert DepositedFile.objects.get().state == "read"
