"""How `cordee/scans/judging.py` learns to tell signed boxes from others: from pages made up here, not the blind ones.

python -m benchmarks.scans.weighing [PAGES]: of each set; says how well, on pages kept back, and writes the trees.
"""

import heapq
import os
import sys
from pathlib import Path
from typing import Any, Final

import django
import numpy as np

TREES: Final = Path(__file__).parents[2] / "src/cordee/scans/signed.npz"
_COUNT: Final = 80
_LEAVES: Final = 220
_TRIED: Final = 0.5
"""Part of the inputs that are tried for each question."""
_PARTS: Final = 4
"""One part of the pages is kept back to see what was learned from the others."""

type Rows = Any
"""Arrays of numbers: a row for each box."""


def weigh(pages: int) -> None:
    """Learn, say how well, and write what was learned."""
    inputs, truth, page = _boxes(pages)
    chances = np.zeros(len(truth))
    for part in range(_PARTS):
        back = page % _PARTS == part
        chances[back] = _asked(grown(inputs[~back], truth[~back]), inputs[back])
    for limit in (0.03, 0.05, 0.07, 0.1, 0.15):
        asked = (chances >= limit) & (chances <= 1 - limit)
        wrong = ((chances > 0.5) != truth) & ~asked
        print(
            f"within {limit}: {100 * asked.mean():.2f} % asked, {wrong.sum()} of {len(truth)} wrong and not asked"
        )
    trees = grown(inputs, truth)
    np.savez_compressed(TREES, **trees)
    print(f"{TREES.name}: {TREES.stat().st_size} bytes")


def _asked(trees: dict[str, Rows], inputs: Rows) -> Rows:
    from cordee.scans.learned import by_trees

    return by_trees(trees, inputs)


def _boxes(pages: int) -> tuple[Rows, Rows, Rows]:
    """Return what is seen in all boxes of the sets, whether they are signed, and the number of their page."""
    from benchmarks.scans.lots import Lot
    from benchmarks.scans.sheets import SIGNED, signed_page
    from cordee.scans.files import pages_of
    from cordee.scans.judging import values
    from cordee.scans.reading import looks_of

    inputs, truth, numbers = [], [], []
    for lot in (Lot.TUNING, Lot.SEEN, Lot.VARIED, Lot.JOINED):
        for number in range(pages):
            page = signed_page(number, lot)
            [picture] = pages_of(page.file)
            looks, _ = looks_of(picture, page.page.code, page.page.layout)
            inputs += list(values(list(looks.values())))
            truth += [page.truth[key] in SIGNED for key in looks]
            numbers += [number] * len(looks)
    return np.array(inputs, np.float32), np.array(truth), np.array(numbers)


def grown(inputs: Rows, truth: Rows, seed: int = 5) -> dict[str, Rows]:
    """Return trees whose questions are the best of some drawn by lot (extremely randomised trees)."""
    chance = np.random.default_rng(seed)
    asks: list[int] = []
    than: list[float] = []
    after: list[int] = []
    share: list[float] = []
    roots = []

    def leaf(rows: Rows) -> int:
        asks.append(0)
        than.append(np.inf)
        after.append(len(after))
        share.append(float(truth[rows].mean()))
        return len(after) - 1

    for _ in range(_COUNT):
        rows = np.arange(len(truth))
        roots.append(leaf(rows))
        waiting: list[Any] = []
        _wait(waiting, roots[-1], rows, (inputs, truth), chance)
        leaves = 1
        while waiting and leaves < _LEAVES:
            _, node, rows, which, limit = heapq.heappop(waiting)
            over = inputs[rows, which] > limit
            asks[node], than[node], after[node] = which, limit, len(after)
            for part in (rows[~over], rows[over]):
                leaf(part)
            for number, part in enumerate((rows[~over], rows[over])):
                _wait(waiting, after[node] + number, part, (inputs, truth), chance)
            leaves += 1
    return {
        "roots": np.array(roots, np.int32),
        "asks": np.array(asks, np.uint8),
        "than": np.array(than, np.float32),
        "next": np.array(after, np.int32),
        "share": np.array(share, np.float16),
    }


def _wait(
    waiting: list[Any], node: int, rows: Rows, known: tuple[Rows, Rows], chance: np.random.Generator
) -> None:
    """Put a leaf among those that may ask, the one first that would tell most."""
    inputs, truth = known
    true = truth[rows]
    if true.all() or not true.any():
        return
    which = chance.permutation(inputs.shape[1])[: int(_TRIED * inputs.shape[1])]
    seen = inputs[rows[:, None], which]
    low, high = seen.min(axis=0), seen.max(axis=0)
    limits = (low + (high - low) * chance.random(len(which))).astype(np.float32)
    over = seen > limits
    count = over.sum(axis=0)
    hits = (over & true[:, None]).sum(axis=0)
    gain = _mixed(len(rows), true.sum()) - _mixed(count, hits) - _mixed(len(rows) - count, true.sum() - hits)
    gain[(count == 0) | (count == len(rows))] = -1
    best = int(gain.argmax())
    if gain[best] > 0:
        heapq.heappush(waiting, (-float(gain[best]), node, rows, int(which[best]), limits[best]))


def _mixed(count: Rows, hits: Rows) -> Rows:
    """How mixed so many rows are, of which some are hits (Gini, times their number)."""
    return 2 * hits * (count - hits) / np.maximum(count, 1)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cordee.config.settings")
    django.setup()
    weigh(int(sys.argv[1]) if len(sys.argv) > 1 else 250)
