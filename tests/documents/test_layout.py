"""The boxes of a page lie where its layout says: looked for on the page as it is printed."""

from typing import Any

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from cordee.documents.rendering import PageOfSheet, render_sheet, render_sheets
from tests.documents.test_sheet_rendering import ORGANISATION, PNG, people, sheet

DPI = 144
PX = DPI / 25.4
DARK, RULED = 60, 240


def pictures(content: bytes) -> list[Any]:
    with pypdfium2.PdfDocument(content) as pdf:
        return [np.asarray(page.render(scale=DPI / 72, grayscale=True).to_numpy()) for page in pdf]


def check(picture: Any, page: PageOfSheet) -> None:
    for left, top, size in page["marks"]:
        assert at(picture, left + size / 2, top + size / 2) < DARK
        for beyond in (-0.3, size + 0.3):
            assert at(picture, left + beyond, top + size / 2) > RULED
            assert at(picture, left + size / 2, top + beyond) > RULED
    for kind, _, top, height in page["rows"]:
        for left, width in page["columns"]:
            for y in (top, top + height):
                assert darkest(picture, left + width / 3, y, 0.25) < RULED, f"no line at {y} mm"
            for x in (left, left + width):
                assert darkest(picture, x, top + height / 3, 0.25) < RULED, f"no line at {x} mm"
            inside = picture[px(top + 0.6) : px(top + height - 0.6), px(left + 0.6) : px(left + width - 0.6)]
            assert inside.min() > 250, "something is printed in a box to sign"
        if kind == "enrolment":
            left, size = page["tick"]
            middle = top + height / 2
            for x in (left, left + size):
                assert darkest(picture, x, middle, 0.25) < RULED, "no place to tick"
            assert at(picture, left + size / 2, middle) > 250


def px(mm: float) -> int:
    return round(mm * PX)


def at(picture: Any, x: float, y: float) -> int:
    return int(picture[px(y), px(x)])


def darkest(picture: Any, x: float, y: float, around: float) -> int:
    return int(
        picture[
            px(y - around) : px(y + around) + 1,
            px(x - around) : px(x + around) + 1,
        ].min()
    )


@pytest.mark.parametrize(
    ("count", "periods", "leaders", "free"),
    [(12, 2, 1, 3), (0, 1, 1, 14), (15, 2, 4, 0), (33, 3, 2, 3), (40, 6, 4, 3), (1, 4, 1, 5)],
)
def test_boxes_marks_and_places_to_tick(count: int, periods: int, leaders: int, free: int) -> None:
    rendered = render_sheet(sheet(count, periods, leaders, blank_rows=free), extra_fonts=())
    [layout] = rendered.layouts
    shown = pictures(rendered.content)
    assert len(layout) == len(shown)
    for picture, page in zip(shown, layout, strict=True):
        assert picture.shape == pytest.approx((page["height"] * PX, page["width"] * PX), abs=1)
        check(picture, page)
    rows = [(kind, index) for page in layout for kind, index, *_ in page["rows"]]
    assert rows == [
        *(("enrolment", i) for i in range(count)),
        *(("free", i) for i in range(count, count + free)),
        *(("facilitator", i) for i in range(leaders)),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Un titre qui n’en finit pas " * 8},
        {"place": "Une salle\n" * 7},
        {"organisation": ORGANISATION.__class__(name="Of", logo=PNG)},
        {"organisation": ORGANISATION.__class__(name="Of", logo=b"not a picture")},
        {"participants": (*people(2), people(1)[0].__class__(first_name="M" * 90, last_name="W" * 90))},
        {"language": "en"},
    ],
)
def test_whatever_stands_above(changes: dict[str, Any]) -> None:
    rendered = render_sheet(sheet(20, 2, blank_rows=3, **changes), extra_fonts=())
    for picture, page in zip(pictures(rendered.content), rendered.layouts[0], strict=True):
        check(picture, page)


def test_every_page_names_session_version_and_page_in_its_code() -> None:
    sheets = [sheet(count, session_ref=f"S-2026-0412-{count}") for count in (3, 40)]
    rendered = render_sheets(sheets, extra_fonts=())
    pages = [
        (data, number) for data, n in zip(sheets, rendered.layouts, strict=True) for number in range(len(n))
    ]
    for picture, (data, number) in zip(pictures(rendered.content), pages, strict=True):
        [code] = zxingcpp.read_barcodes(picture)
        assert code.text == f"HTTPS://CORDEE.EXAMPLE/D/{data.session_ref}/3/{number + 1}"
    left, top, size = rendered.layouts[1][1]["code"]
    corner = zxingcpp.read_barcodes(pictures(rendered.content)[2])[0].position.top_left
    assert (corner.x / PX, corner.y / PX) == pytest.approx((left, top), abs=0.3)
    assert size >= 18
