"""The codes of refusals: who looks for one finds it among those that rules give."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src/cordee"
NAMES = {"code", "codes"}


def words_in(tree: ast.AST) -> Iterator[str]:
    return (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def looked_for(tree: ast.AST) -> Iterator[str]:
    """Return the words that something called `code` or `codes` is compared with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
            sides = [node.left, node.right]
        else:
            continue
        if any(getattr(side, "attr", getattr(side, "id", "")) in NAMES for side in sides):
            for side in sides:
                yield from words_in(side)


def test_a_code_that_is_looked_for_is_one_that_rules_give() -> None:
    trees = {path: ast.parse(path.read_text()) for path in SOURCES.rglob("*.py")}
    given = {
        word
        for path, tree in trees.items()
        if "rules" in {path.stem, path.parent.name} or path.stem == "states"
        for word in words_in(tree)
    }
    asked = {word: path for path, tree in trees.items() for word in looked_for(tree)}
    assert len(asked) > 8, "this law looks where it should"
    assert {word: path for word, path in asked.items() if word not in given} == {}
