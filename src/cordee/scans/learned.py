"""What was learned from made-up pages by `benchmarks/scans`: small files beside this one, and what they say."""

from functools import cache
from importlib.resources import files

import numpy as np

from cordee.scans.pictures import Numbers

type Learned = dict[str, Numbers]


@cache
def learned(name: str) -> Learned:
    """Return what is kept in a file of this room."""
    with files("cordee.scans").joinpath(name).open("rb") as file, np.load(file) as kept:
        return {key: kept[key] for key in kept.files}


def by_layers(layers: Learned, inputs: Numbers) -> Numbers:
    """Return how likely it is for each row of inputs, 0 to 1, by two layers of weights."""
    hidden = np.maximum(inputs @ layers["first"] + layers["first_bias"], 0)
    return np.asarray(1 / (1 + np.exp(-(hidden @ layers["second"] + layers["second_bias"])[:, 0])))


def by_trees(trees: Learned, inputs: Numbers) -> Numbers:
    """Return how likely it is for each row of inputs, 0 to 1, by trees that each mend what those before left wrong.

    `roots` are the first nodes of the trees. A node asks whether one input (`asks`) is greater than `than`, and leads
    to `next` if not, to the node after that if it is. At a leaf `than` is infinite and `next` the leaf itself; what it
    `adds` to the odds (logarithm) goes on from `first`, those of all boxes.
    """
    at = np.broadcast_to(trees["roots"], (len(inputs), len(trees["roots"])))
    rows = np.arange(len(inputs))[:, None]
    while True:
        ahead = trees["next"][at] + (inputs[rows, trees["asks"][at]] > trees["than"][at])
        if (ahead == at).all():
            odds = trees["first"] + trees["adds"][at].sum(axis=1, dtype=np.float64)
            return np.asarray(1 / (1 + np.exp(-odds)))
        at = ahead
