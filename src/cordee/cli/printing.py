"""What a command prints: tables, refusals, and one line when something is wrong."""

import sys
import unicodedata
from collections.abc import Iterable, Sequence

from cordee.kernel.refusals import Blocker, Turn

_WIDEST = 44


class Stop(Exception):
    """The command cannot go on; the message is a sentence for the person at the keyboard."""

    def __init__(self, message: str, *, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def say(line: str) -> None:
    """Print one line beside the output: a command's result may be read by a program."""
    print(f"cordee: {line}", file=sys.stderr)


def explain(blockers: Iterable[Blocker]) -> None:
    """Print why something was refused, what to do about it, and whose turn it is."""
    for blocker in blockers:
        for line in lines_of(blocker.message, blocker.fix, blocker.turn):
            print(line, file=sys.stderr)


def lines_of(message: str, fix: str, turn: Turn) -> list[str]:
    """Return a reason as it is printed: the sentence, then the way out and whose turn it is."""
    who = turn_label(turn)
    return [message, f"  → {fix} ({who})" if fix else f"  ({who})"]


def turn_label(turn: Turn) -> str:
    """Return who must act, in words."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django may not be set up yet

    return {
        Turn.COORDINATOR: _("turn of the coordinator"),
        Turn.FACILITATOR: _("turn of the facilitator"),
        Turn.OPERATIONS: _("turn of operations"),
        Turn.FINANCE: _("turn of finance"),
        Turn.QUALITY: _("turn of quality"),
        Turn.ADMINISTRATOR: _("turn of an administrator"),
        Turn.TIME: _("a matter of time"),
    }[turn]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return rows under their heads, in columns; long cells are cut."""
    cut = [[_cut(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(heads, *cut, strict=True)]
    ruled = [list(heads), ["─" * width for width in widths], *cut]
    return [
        "  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in ruled
    ]


def _cut(text: str) -> str:
    while _width(text) > _WIDEST:
        text = text[:-2].rstrip() + "…"
    return text


def _width(text: str) -> int:
    """Return how many columns a terminal takes for `text`."""
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text if not unicodedata.combining(c)
    )
