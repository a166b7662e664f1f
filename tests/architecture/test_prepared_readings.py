"""Readings whose SQL is written once describe a query and nothing else."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

HOUSE = Path(__file__).resolve().parents[2] / "src/cordee"
HOUSE_MODELS = [m for m in apps.get_models() if m.__module__.startswith("cordee.")]


PREPARED = [
    (f"{path.relative_to(HOUSE)}: {function.name}", function)
    for path in HOUSE.rglob("*.py")
    for function in ast.walk(ast.parse(path.read_text()))
    if isinstance(function, ast.FunctionDef)
    and any(isinstance(d, ast.Name) and d.id == "prepared" for d in function.decorator_list)
]


def test_a_prepared_query_does_nothing_but_describe_one() -> None:
    """It is given places instead of values: what it decided by them would be decided for all calls."""
    for where, function in PREPARED:
        _docstring, body = ast.get_docstring(function), function.body
        statements = body[1:] if _docstring else body
        decides = [
            n
            for n in ast.walk(function)
            if isinstance(n, ast.IfExp | ast.BoolOp | ast.Compare | ast.comprehension)
        ]
        assert len(statements) == 1, where
        assert isinstance(statements[0], ast.Return), where
        assert not decides, where
    assert PREPARED


JSON_FIELDS = {
    field.name
    for model in HOUSE_MODELS
    for field in model._meta.concrete_fields
    if isinstance(field, models.JSONField)
}


def compared_json(function: ast.FunctionDef) -> list[str]:
    """Return the names by which a query looks into JSON, or compares or computes with it. One may hide in `**`,
    but for that of a constant.
    """
    keywords = [
        node.arg or "**"
        for node in ast.walk(function)
        if isinstance(node, ast.keyword) and (node.arg or not isinstance(node.value, ast.Name))
    ]
    texts = [n.value for n in ast.walk(function) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    inside = [text for text in texts if "__" in text and JSON_FIELDS & set(text.split("__")[:-1])]
    computed = [
        node.args[0].value
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] == "F"
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value.rpartition("__")[2] in JSON_FIELDS
    ]
    return (
        [name for name in keywords if name == "**" or JSON_FIELDS & set(name.split("__"))] + inside + computed
    )


def test_a_prepared_query_leaves_json_alone() -> None:
    """PostgreSQL compares what stands in JSON by its type, which a place has not; SQLite would take it (ADR 0020)."""
    assert "payload" in JSON_FIELDS
    for where, function in PREPARED:
        assert compared_json(function) == [], f"{where}: write it without @prepared"


@pytest.mark.parametrize(
    "query",
    [
        "Entry.objects.filter(payload__reason_id=number)",
        "Entry.objects.filter(Q(subject=subject) | Q(entry__payload=number))",
        "Entry.objects.annotate(reason=F('payload__reason_id'))",
        "Entry.objects.annotate(told=F('payload'))",
        "Entry.objects.values_list('pk', 'payload__reason_id')",
        "Entry.objects.filter(**{left: number})",
    ],
)
def test_this_law_sees_json_in(query: str) -> None:
    (function,) = ast.parse(f"def read(number):\n    return {query}").body
    assert isinstance(function, ast.FunctionDef)
    assert compared_json(function)
