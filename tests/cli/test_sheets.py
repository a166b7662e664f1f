"""`cordee sheets read`."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from cordee.documents.actions import print_sheets
from cordee.documents.queries import printed_sheet
from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.scans import apart
from cordee.scans.files import pages_of
from tests.cast import Cast, draft
from tests.scans.endless import endless_pdf

PX = 220 / 25.4


@pytest.fixture
def session(cast: Cast) -> Session:
    [session] = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        facilitator_ids=[cast.camille.pk],
        by=COMMAND,
    )
    people = [Person(first_name="Zoé", last_name="Petit"), Person(first_name="Ana", last_name="Roux")]
    enrolment.enrol(session_id=session.pk, people=people, by=COMMAND)
    return session


def printed(session: Session) -> Any:
    [picture] = pages_of(print_sheets(sessions=[session], by=COMMAND).content)
    return picture.pixels.copy()


def sign(page: Any, layout: Any, row: int, column: int = 0) -> None:
    """A wave, as a signature is."""
    _, _, top, height = layout["rows"][row]
    left, width = layout["columns"][column]
    t = np.linspace(0, 1, 200)
    x = left + width * (0.2 + 0.6 * t) + 1.5 * np.sin(40 * t)
    y = top + height * (0.5 + 0.3 * np.sin(31 * t + 3 * t * t))
    points = (np.c_[x, y] * PX).astype(np.int32)
    cv2.polylines(page, [points], isClosed=False, color=(120, 40, 30), thickness=4, lineType=cv2.LINE_AA)


def saved(page: Any, path: Path) -> str:
    Image.fromarray(page[:, :, ::-1]).save(path)
    return str(path)


def layout_of(session: Session, version: int = 1) -> Any:
    sheet = printed_sheet(session.ref, version)
    assert sheet
    return sheet.layout[0]


def test_each_box_says_whose_it_is_and_whether_it_is_signed(
    session: Session, cordee: Callable[..., Any], tmp_path: Path
) -> None:
    page = printed(session)
    sign(page, layout_of(session), 1)
    upside_down = np.ascontiguousarray(page[::-1, ::-1])
    answer = cordee("sheets", "read", saved(upside_down, tmp_path / "a.png"), "--json")
    assert (answer.code, answer.err) == (0, "")
    [told] = json.loads(answer.out)
    assert {name: told[name] for name in ("page_of_file", "session", "page", "version", "problems")} == {
        "page_of_file": 1,
        "session": session.ref,
        "page": 1,
        "version": 1,
        "problems": [],
    }
    assert told["file"].endswith("a.png")
    assert told["rotation"] == pytest.approx(180, abs=0.5)
    assert 0.5 < told["quality"] <= 1
    signed = [(b["kind"], b["name"], b["row"], b["half_day"]) for b in told["boxes"] if b["signed"]]
    assert signed == [("enrolment", "Ana Roux", 2, 1)]
    kinds = [box["kind"] for box in told["boxes"]]
    assert {kind: kinds.count(kind) > 0 for kind in ("enrolment", "facilitator", "free")} == {
        "enrolment": True,
        "facilitator": True,
        "free": True,
    }
    assert all(box["confidence"] >= 0.9 for box in told["boxes"])


def test_an_older_page_is_read_with_the_list_it_was_printed_from(
    session: Session, cordee: Callable[..., Any], tmp_path: Path
) -> None:
    page = printed(session)
    sign(page, layout_of(session), 1)
    enrolment.enrol(session_id=session.pk, people=[Person(first_name="Bo", last_name="Petit")], by=COMMAND)
    printed(session)
    assert layout_of(session, 2)["rows"] != layout_of(session)["rows"]
    [told] = json.loads(cordee("sheets", "read", saved(page, tmp_path / "a.png"), "--json").out)
    assert told["version"] == 1
    assert [box["name"] for box in told["boxes"] if box["signed"]] == ["Ana Roux"]


def test_a_refused_file_is_a_sentence_and_the_others_are_read(
    session: Session, cordee: Callable[..., Any], tmp_path: Path, locked_pdf: bytes
) -> None:
    good = saved(printed(session), tmp_path / "good.png")
    locked, page_of_the_web = tmp_path / "locked.pdf", tmp_path / "photo.jpg"
    locked.write_bytes(locked_pdf)
    page_of_the_web.write_bytes(b"<!doctype html><title>Photo</title>")
    files = (str(locked), str(page_of_the_web), str(tmp_path / "no.png"), good)
    answer = cordee("--language", "en", "sheets", "read", *files, "--json")
    assert answer.code == 2
    assert [told["session"] for told in json.loads(answer.out)] == [session.ref]
    assert [line.removeprefix("cordee: ") for line in answer.err.splitlines()] == [
        f"{locked} is locked by a password: give it without.",
        f"{page_of_the_web} is neither a picture (JPEG, PNG, WebP, HEIC, TIFF) nor a PDF.",
        f"{tmp_path / 'no.png'} cannot be read: No such file or directory.",
    ]
    french = cordee("sheets", "read", str(locked))
    assert "verrouillé" in french.err


def test_a_file_that_never_ends_holds_nobody(
    session: Session, cordee: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 4)
    good, endless = saved(printed(session), tmp_path / "good.png"), tmp_path / "endless.pdf"
    endless.write_bytes(endless_pdf())
    answer = cordee("--language", "en", "sheets", "read", str(endless), good, "--json")
    assert answer.code == 2
    assert "takes too much work to open" in answer.err
    assert [told["session"] for told in json.loads(answer.out)] == [session.ref]


def test_odd_names_and_folders_are_sentences_on_one_line(
    session: Session, cordee: Callable[..., Any], tmp_path: Path
) -> None:
    odd = saved(printed(session), tmp_path / "two\nlines \udcff.png")
    answer = cordee("--language", "en", "sheets", "read", odd, str(tmp_path))
    assert answer.code == 2
    assert answer.out.splitlines()[0].startswith(f"{tmp_path}/two\N{REPLACEMENT CHARACTER}lines")
    assert answer.err == f"cordee: {tmp_path} is a folder: give the files in it.\n"
    told = cordee("sheets", "read", odd, "--json")
    assert [page["file"] for page in json.loads(told.out)] == [odd]


def test_what_cannot_be_read_is_said(session: Session, cordee: Callable[..., Any], tmp_path: Path) -> None:
    paper = np.full((900, 600, 3), 250, np.uint8)
    cv2.putText(paper, "Menu du jour", (60, 300), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 4)
    name = saved(paper, tmp_path / "menu.png")
    answer = cordee("sheets", "read", name, "--json")
    [told] = json.loads(answer.out)
    assert (answer.code, told["session"], told["boxes"]) == (1, None, [])
    assert told["problems"] == ["no_code"]
    words = cordee("--language", "en", "sheets", "read", name)
    assert words.code == 1
    assert "No QR code was found" in words.out


def test_people_read_how_much_is_signed(session: Session, cordee: Callable[..., Any], tmp_path: Path) -> None:
    page = printed(session)
    sign(page, layout_of(session), 0)
    answer = cordee("--language", "en", "sheets", "read", saved(page, tmp_path / "a.png"))
    assert f"{session.ref} v1, page 1" in answer.out
    assert "1 box signed, 0 to look at" in answer.out


def test_several_pages_of_a_file_are_told_in_order(
    session: Session, cordee: Callable[..., Any], tmp_path: Path
) -> None:
    shots = [Image.fromarray(printed(session)[:, :, ::-1]) for _ in range(2)]
    buffer = io.BytesIO()
    shots[0].save(buffer, "TIFF", save_all=True, append_images=shots[1:], compression="tiff_deflate")
    (tmp_path / "scan.tif").write_bytes(buffer.getvalue())
    told = json.loads(cordee("sheets", "read", str(tmp_path / "scan.tif"), "--json").out)
    assert [(page["page_of_file"], page["session"]) for page in told] == [(1, session.ref), (2, session.ref)]
