"""A list that was read, or why it was not, as text on its way between two processes."""

import json
from dataclasses import asdict
from typing import Any

from cordee.lists.results import (
    Code,
    ListRefused,
    PeopleList,
    Problem,
    Refusal,
    Row,
    SheetInfo,
    Skipped,
    Suggestion,
    Why,
)


def sent(people: PeopleList) -> bytes:
    """Return a list as text."""
    return json.dumps(asdict(people)).encode()


def sent_refusal(refused: ListRefused) -> bytes:
    """Return a refusal as text."""
    return json.dumps({"refused": refused.code, "params": refused.params}).encode()


def received(data: bytes) -> PeopleList:
    """Return the list that was sent. Raises ListRefused when a refusal was."""
    whole: dict[str, Any] = json.loads(data)
    if "refused" in whole:
        raise ListRefused(Refusal(whole["refused"]), **whole["params"])
    skipped = (Skipped(**{**line, "why": Why(line["why"])}) for line in whole.pop("skipped"))
    return PeopleList(
        rows=tuple(_row(row) for row in whole.pop("rows")),
        skipped=tuple(skipped),
        sheets=tuple(SheetInfo(**sheet) for sheet in whole.pop("sheets")),
        **whole,
    )


def _row(row: dict[str, Any]) -> Row:
    problems = tuple(Problem(Code(p["code"]), p["field"], p["value"]) for p in row.pop("problems"))
    suggestion = row.pop("suggestion")
    return Row(problems=problems, suggestion=Suggestion(**suggestion) if suggestion else None, **row)
