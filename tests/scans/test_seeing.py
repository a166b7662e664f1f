"""Small nets look at boxes: what they say of boxes that are kept is what they said when they had learned."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.scans.nets import KINDS as LEARNED
from cordee.scans.ink import Ink
from cordee.scans.layouts import BoxPlace, PageLayout
from cordee.scans.owning import owned
from cordee.scans.seeing import HIGH, KINDS, WIDE, pictures_into, seen

BOXES = Path(__file__).parents[1] / "data" / "scans" / "boxes.npz"


def test_the_nets_say_what_is_in_kept_boxes() -> None:
    with np.load(BOXES) as kept:
        pictures, said, truth = kept["pictures"], kept["said"], kept["truth"].tolist()
    found = seen(pictures)
    assert [KINDS[kind] for kind in found.argmax(axis=1)] == truth
    assert set(truth) == set(KINDS) == set(LEARNED)
    assert found == pytest.approx(said, abs=0.005)
    assert found.sum(axis=1) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("left", "top", "width", "height"),
    [(10, 10, 46, 12), (0.5, 0.5, 46, 12), (60, 80, 39, 19), (5, 30, 90, 12), (20, 20, 20, 60)],
    ids=["anywhere", "in a corner", "at the other corner", "wider than the picture", "higher than it"],
)
def test_a_box_of_any_place_and_size_is_seen_whole(
    left: float, top: float, width: float, height: float
) -> None:
    box = BoxPlace(key="one", left=left, top=top, width=width, height=height)
    layout = PageLayout(
        width=100,
        height=100,
        marks=((5, 5), (95, 5), (5, 95), (95, 95)),
        mark_size=4,
        code=(80, 5, 10),
        boxes=(box,),
    )
    bare = np.zeros((800, 800), np.int32)
    ink = Ink(
        bare.astype(np.uint8),
        bare,
        np.zeros((1, 5), np.int32),
        bare.astype(np.float32),
        np.zeros((800, 800, 3), np.uint8),
    )
    [picture] = pictures_into(layout, ink, owned(layout.boxes, ink))
    assert picture.shape == (4, HIGH, WIDE)
    inside = picture[3] > 127
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    assert len(columns) / len(rows) == pytest.approx(width / height, rel=0.1)
    assert 0 < rows[0] <= rows[-1] < HIGH - 1
    assert 0 < columns[0] <= columns[-1] < WIDE - 1
    assert abs(rows[0] + rows[-1] - HIGH) <= 2
    assert abs(columns[0] + columns[-1] - WIDE) <= 2
