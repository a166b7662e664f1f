"""Pages made up with known truth: found, straightened, read, or said to be unreadable."""

import io
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from benchmarks.scans.cameras import Shot, taken
from benchmarks.scans.hands import TUNING
from benchmarks.scans.lots import Lot
from benchmarks.scans.mishaps import fold, holes, stamp
from benchmarks.scans.paper import Printed, printed
from benchmarks.scans.pens import Pen, fitted, word, write, write_word
from cordee.scans.files import Picture, pages_of
from cordee.scans.layouts import BoxPlace, PageLayout
from cordee.scans.pages import PageRead, Problem, read_page

BLUE = Pen("blue", (150, 60, 30), 0.6, 0.9)
PENCIL = Pen("pencil", (100, 100, 100), 0.5, 0.65, 0.3)


@pytest.fixture
def chance() -> np.random.Generator:
    return np.random.default_rng(3)


@pytest.fixture
def sheet() -> Printed:
    """Eight people, two half-days, its own copy of the picture."""
    [made] = printed(8, 2, 1, 3, 77)
    return replace(made, picture=made.picture.copy())


def box(sheet: Printed, key: str) -> BoxPlace:
    return next(box for box in sheet.layout.boxes if box.key == key)


def sign(
    sheet: Printed, key: str, chance: np.random.Generator, pen: Pen = BLUE, *, down: float = 0.0
) -> None:
    """Loops over most of a box, lower by so many mm."""
    place = box(sheet, key)
    lines = fitted(TUNING.signatures[0](chance), place.left + 8, place.top + 1.5 + down, 26, place.height - 3)
    write(sheet.picture, lines, pen, chance)


def read(
    sheet: Printed, file: bytes | None = None, *, kind: str = "", turn: float = 0, dpi: int = 200
) -> PageRead:
    if file is None and not kind:
        picture = Picture(cv2.resize(sheet.picture, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA))
    else:
        shot = Shot(kind, dpi, turn, Lot.TUNING)
        [picture] = pages_of(file or taken(sheet.picture, shot, np.random.default_rng(4)))
    [found] = read_page(picture, {sheet.code: sheet.layout}.get)
    return found


def signed(found: PageRead) -> set[str]:
    return {box.key for box in found.boxes if box.signed}


@pytest.mark.parametrize("turn", [-7.0, 94.0, 187.0])
def test_a_page_is_found_however_it_lies(sheet: Printed, chance: np.random.Generator, turn: float) -> None:
    sign(sheet, "enrolment:2:1", chance)
    found = read(sheet, kind="scan", turn=turn)
    assert (found.code, found.problems) == (sheet.code, ())
    assert found.rotation == pytest.approx(turn % 360, abs=1)
    assert signed(found) == {"enrolment:2:1"}
    assert not any(box.unsure for box in found.boxes)


@pytest.mark.parametrize(("kind", "dpi"), [("scan", 100), ("photo", 150), ("fax", 200)])
def test_scans_photos_and_faxes_are_read(
    sheet: Printed, chance: np.random.Generator, kind: str, dpi: int
) -> None:
    keys = {"enrolment:0:0", "enrolment:5:1", "free:8:0", "facilitator:0:0"}
    for key in sorted(keys):
        sign(sheet, key, chance)
    assert signed(read(sheet, kind=kind, dpi=dpi)) == keys


def test_a_pencil_is_seen_and_holes_are_not_ink(sheet: Printed, chance: np.random.Generator) -> None:
    sign(sheet, "enrolment:1:0", chance, PENCIL)
    holes(sheet.picture, chance, dark=True)
    assert signed(read(sheet)) == {"enrolment:1:0"}


def test_a_fold_is_no_signature_and_hides_none_in_silence(
    sheet: Printed, chance: np.random.Generator
) -> None:
    sign(sheet, "enrolment:1:0", chance)
    fold(sheet.picture, chance, down=False)
    fold(sheet.picture, chance, down=True)
    for found in read(sheet).boxes:
        assert found.unsure or found.signed == (found.key == "enrolment:1:0")
        assert not found.signed or found.key == "enrolment:1:0"


def test_a_signature_that_leaves_its_box_does_not_sign_the_next(
    sheet: Printed, chance: np.random.Generator
) -> None:
    sign(sheet, "enrolment:3:0", chance, down=3.5)
    found = read(sheet)
    assert signed(found) == {"enrolment:3:0"}


def test_a_line_through_a_row_is_no_signature(sheet: Printed, chance: np.random.Generator) -> None:
    place = box(sheet, "enrolment:4:0")
    line = np.c_[np.linspace(40, 195, 60), place.top + 5 + 0.3 * np.sin(np.arange(60))]
    write(sheet.picture, [line], BLUE, chance)
    assert signed(read(sheet)) == set()


@pytest.mark.parametrize("text", ["absent", "Absente", "ABS"])
def test_the_word_absent_is_a_question(sheet: Printed, chance: np.random.Generator, text: str) -> None:
    place = box(sheet, "enrolment:4:1")
    mask = word(text, cv2.FONT_HERSHEY_SIMPLEX, chance)
    write_word(sheet.picture, mask, (place.left + 10, place.top + 3, 4.5), BLUE)
    found = next(box for box in read(sheet).boxes if box.key == "enrolment:4:1")
    assert (found.signed, found.unsure) == (False, True)


def test_absent_is_ticked_for_the_row(sheet: Printed, chance: np.random.Generator) -> None:
    tick = box(sheet, "enrolment:6:0").tick
    assert tick
    left, top, size = tick
    write(
        sheet.picture,
        [np.array([(left, top + 2), (left + 1.5, top + size), (left + 4.5, top - 0.5)])],
        BLUE,
        chance,
    )
    found = read(sheet)
    assert {box.key for box in found.boxes if box.absent_ticked} == {"enrolment:6:0", "enrolment:6:1"}
    sign(sheet, "enrolment:6:0", chance)
    both = next(box for box in read(sheet).boxes if box.key == "enrolment:6:0")
    assert (both.signed, both.absent_ticked, both.unsure) == (True, True, True)


def test_a_ring_through_a_place_to_tick_is_a_question(sheet: Printed) -> None:
    place = box(sheet, "enrolment:6:0")
    assert place.tick
    left, top, size = place.tick
    way = np.linspace(0, 2 * np.pi, 80)
    ring = np.c_[left - 18 + 20 * np.cos(way), top + size / 2 + 20 * np.sin(way)]
    write(sheet.picture, [ring], BLUE, np.random.default_rng(3))
    found = [box for box in read(sheet).boxes if box.key.startswith("enrolment:6:")]
    assert all(box.unsure for box in found)


def test_under_a_stamp_nothing_is_certain(sheet: Printed, chance: np.random.Generator) -> None:
    stamp(sheet.picture, sheet.layout, chance, "round")
    found = read(sheet)
    assert any(box.unsure for box in found.boxes)
    assert not [box for box in found.boxes if box.signed and not box.unsure]


def test_two_sheets_on_one_photo_are_told_apart(sheet: Printed, chance: np.random.Generator) -> None:
    [other] = printed(6, 2, 1, 3, 78)
    other = replace(other, picture=other.picture.copy())
    sign(sheet, "enrolment:0:0", chance)
    sign(other, "enrolment:1:1", chance)
    gap = np.full((sheet.picture.shape[0], 120, 3), 90, np.uint8)
    both = np.hstack([gap, sheet.picture, gap, other.picture[::-1, ::-1], gap])
    both = cv2.resize(both, None, fx=0.55, fy=0.55, interpolation=cv2.INTER_AREA)
    layouts = {sheet.code: sheet.layout, other.code: other.layout}
    found = read_page(Picture(both), layouts.get)
    assert {one.code: signed(one) for one in found} == {
        sheet.code: {"enrolment:0:0"},
        other.code: {"enrolment:1:1"},
    }


def test_the_straightened_page_shows_each_box_where_it_says(
    sheet: Printed, chance: np.random.Generator
) -> None:
    sign(sheet, "enrolment:7:1", chance)
    found = read(sheet, kind="photo", turn=95)
    shown: Any = cv2.imdecode(np.frombuffer(found.straightened, np.uint8), cv2.IMREAD_GRAYSCALE)
    darkest = {}
    for box in found.boxes:
        left, top, width, height = box.place
        darkest[box.key] = shown[top + 10 : top + height - 10, left + 10 : left + width - 10].min()
    assert min(darkest, key=lambda key: darkest[key]) == "enrolment:7:1"


def test_a_page_whose_corner_is_cut_off_says_so_and_is_read(
    sheet: Printed, chance: np.random.Generator
) -> None:
    sign(sheet, "enrolment:0:1", chance)
    cut = sheet.picture[:, 12 * 12 :]
    [found] = read_page(Picture(np.ascontiguousarray(cut)), {sheet.code: sheet.layout}.get)
    assert Problem.CUT in found.problems
    assert signed(found) == {"enrolment:0:1"}


def test_boxes_that_are_not_on_the_picture_are_a_question(sheet: Printed) -> None:
    half = np.ascontiguousarray(sheet.picture[: 150 * 12])
    [found] = read_page(Picture(half), {sheet.code: sheet.layout}.get)
    assert Problem.CUT in found.problems
    beyond = [b for b in found.boxes if box(sheet, b.key).top > 152]
    assert beyond
    assert all(b.unsure and not b.signed for b in beyond)


def test_where_the_printed_lines_are_elsewhere_everything_is_a_question(
    sheet: Printed, chance: np.random.Generator
) -> None:
    sign(sheet, "enrolment:3:0", chance)
    moved = tuple(replace(place, top=place.top + 5) for place in sheet.layout.boxes)
    wrong = replace(sheet.layout, boxes=moved)
    small = cv2.resize(sheet.picture, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    [found] = read_page(Picture(small), {sheet.code: wrong}.get)
    assert found.boxes
    assert all(box.unsure for box in found.boxes)


def blank(light: int) -> Any:
    return np.full((1200, 900, 3), light, np.uint8)


def nobody(code: str) -> PageLayout | None:
    return None


def test_what_is_wrong_with_a_picture_is_said(sheet: Printed) -> None:
    small = cv2.resize(sheet.picture, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    cases = {
        (Problem.NO_CODE, Problem.BLANK): blank(250),
        (Problem.NO_CODE, Problem.TOO_DARK): np.random.default_rng(1).integers(0, 12, small.shape, np.uint8),
        (Problem.NO_CODE, Problem.BLURRED): cv2.GaussianBlur(small, (0, 0), 14),
        (Problem.UNKNOWN_SHEET,): small,
    }
    for problems, pixels in cases.items():
        [found] = read_page(Picture(pixels), nobody)
        assert (found.problems, found.boxes, found.straightened) == (problems, (), b"")


def test_a_code_without_its_page_is_not_placed(sheet: Printed) -> None:
    left, top, size = (round(value * 12) for value in sheet.layout.code)
    lonely = np.full_like(sheet.picture, 250)
    part = np.s_[top - 30 : top + size + 30, left - 30 : left + size + 30]
    lonely[part] = sheet.picture[part]
    [found] = read_page(Picture(lonely), {sheet.code: sheet.layout}.get)
    assert (found.code, found.problems, found.boxes) == (sheet.code, (Problem.NO_MARKS,), ())


def test_a_photo_turned_by_its_exif_is_read(sheet: Printed, chance: np.random.Generator) -> None:
    sign(sheet, "enrolment:1:1", chance)
    small = cv2.resize(sheet.picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    Image.fromarray(np.rot90(small)[:, :, ::-1].copy()).save(buffer, "JPEG", exif=exif)
    found = read(sheet, buffer.getvalue())
    assert found.rotation == pytest.approx(0, abs=1) or found.rotation == pytest.approx(360, abs=1)
    assert signed(found) == {"enrolment:1:1"}
