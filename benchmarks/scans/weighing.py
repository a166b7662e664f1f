"""How `cordee/scans/judging.py` learns to weigh what is measured of a box: needs scikit-learn beside what Cordée has.

python -m benchmarks.scans.weighing FOLDER [WITHOUT…]: grows trees from what `seeing.py` has kept in a folder, and
writes them (`signed.npz`). Sets that are named are not shown, but read afterwards; then nothing is written.
"""

import importlib
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from cordee.scans.learned import by_trees

TREES: Final = Path(__file__).parents[2] / "src/cordee/scans/signed.npz"
SIGNED: Final = frozenset({"signature", "initials", "cross", "out"})
_TREES: Final = {
    "max_iter": 900,
    "learning_rate": 0.03,
    "max_leaf_nodes": 24,
    "min_samples_leaf": 20,
    "max_features": 0.3,
    "l2_regularization": 5.0,
    "early_stopping": False,
    "random_state": 5,
}
_PAGES: Final = 12.0
"""Boxes of whole pages are few, and count so many times."""

_ALIKE: Final = 1e-3

type Rows = Any
"""Arrays of numbers: a row for each box."""


def weigh(folder: Path, without: list[str]) -> None:
    """Learn, and write what was learned; or say how well the sets are read that were not shown."""
    kept = [*_strips(folder, shown=not without), *_pages(folder, without)]
    inputs, truth, count = (np.concatenate(parts) for parts in zip(*kept, strict=True))
    trees = grown(inputs, truth, count)
    print(f"{len(truth)} boxes")
    for name in without:
        inputs, truth, _ = (
            np.concatenate(parts) for parts in zip(*_pages(folder, [], only=name), strict=True)
        )
        said = by_trees(trees, inputs)
        sure = np.abs(said - 0.5) > 0.45
        wrong = (said > 0.5) != truth
        print(
            f"{name}, not shown: {100 * (1 - wrong.mean()):.2f} % of {len(truth)} right, "
            f"{100 * sure.mean():.1f} % sure, {(wrong & sure).sum()} of them wrong"
        )
    if not without:
        np.savez_compressed(TREES, **trees)
        print(f"{TREES.name}: {TREES.stat().st_size} bytes")


def _strips(folder: Path, *, shown: bool) -> Iterator[tuple[Rows, Rows, Rows]]:
    """Yield what is measured of boxes, whether they are signed, and how many times each counts."""
    for path in sorted(folder.glob("truth-*.npz")):
        with np.load(path) as kept:
            some = ~kept["held"] | shown
            yield kept["values"][some], _signed(kept["truth"][some]), np.ones(some.sum())


def _pages(folder: Path, without: list[str], only: str = "") -> Iterator[tuple[Rows, Rows, Rows]]:
    for path in sorted(folder.glob(f"page-{only}*.npz")):
        if not any(name in path.stem for name in without):
            with np.load(path) as kept:
                yield kept["values"], _signed(kept["truth"]), np.full(len(kept["truth"]), _PAGES)


def _signed(truth: Rows) -> Rows:
    return np.array([what in SIGNED for what in truth])


def grown(inputs: Rows, truth: Rows, count: Rows = None) -> dict[str, Rows]:
    """Return trees each of which mends what those before it have left wrong (gradient boosting).

    Their form is that which `cordee.scans.learned.by_trees` reads.
    """
    ensemble = importlib.import_module("sklearn.ensemble")
    learned = ensemble.HistGradientBoostingClassifier(**_TREES).fit(inputs, truth, sample_weight=count)
    roots: list[int] = []
    asks, than, after, adds = [], [], [], []
    for [tree] in learned._predictors:  # noqa: SLF001 - it tells its trees in no other way
        roots.append(len(asks))
        ahead, waiting = len(asks) + 1, deque([0])
        while waiting:
            node = tree.nodes[waiting.popleft()]
            leaf = bool(node["is_leaf"])
            asks.append(0 if leaf else node["feature_idx"])
            than.append(np.inf if leaf else node["num_threshold"])
            after.append(len(after) if leaf else ahead)
            adds.append(node["value"] if leaf else 0.0)
            if not leaf:
                waiting += [node["left"], node["right"]]
                ahead += 2
    trees = {
        "roots": np.array(roots, np.int32),
        "asks": np.array(asks, np.uint8),
        "than": np.array(than, np.float32),
        "next": np.array(after, np.int32),
        "adds": np.array(adds, np.float32),
        "first": np.float32(learned._baseline_prediction.item()),  # noqa: SLF001 - as above
    }
    some = inputs[::50]
    off = np.abs(by_trees(trees, some) - learned.predict_proba(some)[:, 1])
    if np.median(off) > _ALIKE:
        raise ValueError("what is written says something else than what was learned")
    return trees


if __name__ == "__main__":
    weigh(Path(sys.argv[1]), sys.argv[2:])
