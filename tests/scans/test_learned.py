"""Trees that are grown from examples say what the examples say."""

import numpy as np

from benchmarks.scans.weighing import grown
from cordee.scans.learned import by_trees


def test_trees_learn_a_rule_and_are_uncertain_at_its_border() -> None:
    chance = np.random.default_rng(1)
    inputs = chance.uniform(-1, 1, (600, 4)).astype(np.float32)
    trees = grown(inputs, inputs[:, 1] + 0.5 * inputs[:, 3] > 0)
    clear = np.array([[0, 0.8, 0, 0.5], [0, -0.8, 0, -0.5]], np.float32)
    border = np.array([[0.3, 0.01, -0.3, 0.01]], np.float32)
    yes, no = by_trees(trees, clear)
    assert yes > 0.97
    assert no < 0.03
    assert 0.2 < by_trees(trees, border).item() < 0.8


def test_one_question_leads_to_its_answers() -> None:
    tree = {
        "roots": np.array([0]),
        "asks": np.array([1, 0, 0]),
        "than": np.array([2.0, np.inf, np.inf]),
        "next": np.array([1, 1, 2]),
        "share": np.array([0.5, 0.1, 0.9]),
    }
    assert by_trees(tree, np.array([[9.0, 1.0], [0.0, 3.0]])).tolist() == [0.1, 0.9]
