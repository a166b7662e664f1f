"""Trees say what they were told to say."""

import numpy as np
import pytest

from cordee.scans.learned import by_trees


def test_each_tree_asks_its_questions_and_adds_to_what_the_others_say() -> None:
    trees = {
        "roots": np.array([0, 3]),
        "asks": np.array([1, 0, 0, 0, 0, 0]),
        "than": np.array([2.0, np.inf, np.inf, 5.0, np.inf, np.inf]),
        "next": np.array([1, 1, 2, 4, 4, 5]),
        "adds": np.array([0, -1.0, 2.0, 0, 0.5, -0.5]),
        "first": np.array(0.25),
    }
    odds = [0.25 - 1.0 - 0.5, 0.25 + 2.0 + 0.5, 0.25 - 1.0 + 0.5]
    said = by_trees(trees, np.array([[9.0, 1.0], [0.0, 3.0], [5.0, 2.0]]))
    assert said.tolist() == pytest.approx([1 / (1 + np.exp(-each)) for each in odds])
