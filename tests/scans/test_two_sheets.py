"""Two sheets on one picture: each is read for itself, and what lies under the other is a question."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from benchmarks.scans.hands import TUNING
from benchmarks.scans.paper import PER_MM, Printed, printed
from benchmarks.scans.paper import Picture as Paper
from benchmarks.scans.pens import Pen, fitted, write
from cordee.scans.files import Picture
from cordee.scans.pages import PageRead, Problem, read_page

UNDER, OVER = 77, 78
BLUE = Pen("blue", (150, 60, 30), 0.6, 0.9)


@pytest.fixture
def sheets() -> dict[int, Printed]:
    """Two sheets, each signed in one box at the top and one at the bottom."""
    chance = np.random.default_rng(3)
    made = {}
    for number in (UNDER, OVER):
        [page] = printed(8, 2, 1, 3, number)
        made[number] = replace(page, picture=page.picture.copy())
        for key in ("enrolment:0:0", "free:10:1"):
            box = next(box for box in page.layout.boxes if box.key == key)
            lines = fitted(TUNING.signatures[0](chance), box.left + 8, box.top + 1.5, 26, box.height - 3)
            write(made[number].picture, lines, BLUE, chance)
    return made


def laid(sheets: dict[int, Printed], right: int, down: int) -> Paper:
    """The second sheet over the first one, so many mm to the right and further down, on a desk."""
    places = {UNDER: (max(0, -right), max(0, -down)), OVER: (max(0, right), max(0, down))}
    size = (297 + abs(down) + 20, 210 + abs(right) + 20)
    desk = np.full((size[0] * PER_MM, size[1] * PER_MM, 3), 90, np.uint8)
    for number, (x, y) in places.items():
        picture = sheets[number].picture
        top, left = (y + 10) * PER_MM, (x + 10) * PER_MM
        desk[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return np.asarray(cv2.resize(desk, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def read(sheets: dict[int, Printed], right: int, down: int) -> dict[int | None, PageRead]:
    layouts = {sheet.code: sheet.layout for sheet in sheets.values()}
    numbers = {sheet.code: number for number, sheet in sheets.items()}
    found = read_page(Picture(laid(sheets, right, down)), layouts.get)
    assert len(found) == len({page.code for page in found})
    return {numbers.get(page.code or ""): page for page in found}


def certain(page: PageRead) -> set[str]:
    return {box.key for box in page.boxes if box.signed and not box.unsure}


def test_one_above_the_other_are_told_apart(sheets: dict[int, Printed]) -> None:
    found = read(sheets, 0, 310)
    assert certain(found[UNDER]) == certain(found[OVER]) == {"enrolment:0:0", "free:10:1"}
    assert set(found) == {UNDER, OVER}
    assert not any(page.unsure for page in found.values())


def test_what_lies_under_another_sheet_is_a_question(sheets: dict[int, Printed]) -> None:
    found = read(sheets, 10, 150)
    assert certain(found[UNDER]) == {"enrolment:0:0"}
    below = {box.key for box in sheets[UNDER].layout.boxes if box.top + box.height > 152}
    assert {box.key for box in found[UNDER].boxes if box.unsure} >= below > set()
    assert "free:10:1" in certain(found[OVER])


@pytest.mark.parametrize(("right", "down"), [(140, 0), (40, -150)])
def test_a_sheet_whose_code_lies_under_another_one_is_said(
    sheets: dict[int, Printed], right: int, down: int
) -> None:
    found = read(sheets, right, down)
    assert set(found) == {OVER, None}
    assert found[None].problems == (Problem.NO_CODE,)
