"""How much work a regular expression makes of a text: the steps of a machine that tries and goes back, counted.

Python's own machine tells nothing of its steps; this one is slow, small, and takes the same roads.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from re import _constants as sre
from re import _parser
from typing import Any

FEW, MANY = 48, 480
"""Repetitions: ten times the text."""
GROWTH = 14
"""Ten times the text costs about ten times the work; twice as many repetitions squared cost a hundred."""
STOP = 250_000
_LETTERS = "aZ1 \t\n.-@<>;,:/|\"'=([{)]}?!à#é_\0"
_MANY_TIMES = 12
"""From here on a bounded repetition can be felt like one without a bound."""
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}


@dataclass(slots=True)
class Program:
    """A pattern as instructions; the repetitions in it with an example of what stands before each."""

    code: list[tuple[Any, ...]] = field(default_factory=list)
    repeats: list["Repeat"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repetition: an example of what leads to it, texts to repeat, and a letter that ends it."""

    before: str
    pumps: tuple[str, ...]
    end: str


class TooMuchError(Exception):
    """The work is beyond anything reasonable."""


class Work:
    """A pattern, taken apart."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        source = pattern.pattern
        text = source if isinstance(source, str) else source.decode("latin-1")
        self.flags = pattern.flags
        parsed = _parser.parse(
            text, pattern.flags & ~re.UNICODE if isinstance(source, bytes) else pattern.flags
        )
        self._letters = self._telling_letters(parsed)
        self.program = Program()
        self._sequence(parsed, self.program, "")
        self.program.code.append(("match",))
        self.steps = 0

    # --- to instructions ------------------------------------------------------------------------------------

    def _sequence(self, items: Any, out: Program, before: str) -> str:
        """Add the instructions of a sequence; return an example of what it matches, behind `before`."""
        start, pieces = before, []
        for op, value in items:
            pieces.append(self._one(op, value, out, before))
            before += pieces[-1]
        for at, (op, value) in enumerate(map(_unwrapped, items)):
            accepts = self._letter(value[2]) if op in _REPEATS and value[1] >= _MANY_TIMES else None
            if accepts is not None:  # what follows may be repeated within it
                behind = ["".join(pieces[at + 1 : end]) for end in range(at + 2, len(pieces) + 1)]
                pumps = tuple({text for text in behind if text and all(map(accepts, text))})
                out.repeats.append(Repeat(start + "".join(pieces[:at]), pumps, self._stop(accepts)))
        return before

    def _one(self, op: Any, value: Any, out: Program, before: str) -> str:
        code = out.code
        if op in _REPEATS:
            return self._repeat(op, value, out, before)
        if op is sre.SUBPATTERN:
            return self._sequence(value[3], out, before)[len(before) :]
        if op is sre.ATOMIC_GROUP:
            return self._apart("atomic", value, out, before, 0)
        if op in {sre.ASSERT, sre.ASSERT_NOT}:
            behind, inside = value
            width = inside.getwidth()[0] if behind < 0 else 0
            self._apart("look" if op is sre.ASSERT else "look_not", inside, out, before, width)
            return ""
        if op is sre.BRANCH:
            return self._branch(value[1], out, before)
        if op is sre.AT:
            code.append(("at", value))
            return ""
        if op is sre.GROUPREF:
            raise NotImplementedError("a pattern that refers to its own groups cannot be counted")
        accepts = self._accepts(op, value)
        code.append(("char", accepts))
        return chr(value) if op is sre.LITERAL else example(accepts)

    def _apart(self, name: str, inside: Any, out: Program, before: str, width: int) -> str:
        part = Program(repeats=out.repeats)
        after = self._sequence(inside, part, before)
        part.code.append(("match",))
        out.code.append((name, part.code, width))
        return after[len(before) :]

    def _branch(self, ways: Any, out: Program, before: str) -> str:
        code, ends, first = out.code, [], ""
        for at, way in enumerate(ways):
            split = len(code)
            code.append(("split", split + 1, None))
            after = self._sequence(way, out, before)[len(before) :]
            first = first if at else after
            ends.append(len(code))
            code.append(("jump", None))
            code[split] = ("split", split + 1, len(code)) if at + 1 < len(ways) else ("jump", split + 1)
        for end in ends:
            code[end] = ("jump", len(code))
        return first

    def _repeat(self, op: Any, value: Any, out: Program, before: str) -> str:
        least, most, inside = value
        if op is sre.POSSESSIVE_REPEAT:
            return self._apart("atomic", [(sre.MAX_REPEAT, value)], out, before, 0)
        code, lazy = out.code, op is sre.MIN_REPEAT
        start, once = before, ""
        for _ in range(least):
            once = self._sequence(inside, out, before)[len(before) :]
            before += once
        if most >= _MANY_TIMES:
            once = once or self._sequence(inside, Program(), before)[len(before) :]
            accepts = self._letter(inside)
            pumps = (once, *(c for c in self._letters if accepts is not None and accepts(c)))
            out.repeats.append(Repeat(start, pumps, self._stop(accepts)))
        if most is sre.MAXREPEAT:
            split = len(code)
            code.append(())
            self._sequence(inside, out, before)
            code.append(("jump", split))
            code[split] = ("split", len(code), split + 1) if lazy else ("split", split + 1, len(code))
            return before[len(start) :]
        splits = []
        for _ in range(most - least):
            splits.append(len(code))
            code.append(())
            self._sequence(inside, out, before)
        for split in splits:
            code[split] = ("split", len(code), split + 1) if lazy else ("split", split + 1, len(code))
        return before[len(start) :]

    def _letter(self, inside: Any) -> Callable[[str], bool] | None:
        """Return what tells which letters a repetition of one letter takes; None for one of more."""
        if len(inside) != 1 or inside[0][0] not in {sre.ANY, sre.LITERAL, sre.NOT_LITERAL, sre.IN}:
            return None
        return self._accepts(*inside[0])

    def _stop(self, accepts: Callable[[str], bool] | None) -> str:
        return 2 * next((c for c in _LETTERS if accepts is not None and not accepts(c)), "\0")

    def _telling_letters(self, items: Any) -> list[str]:
        """Return letters of which each is taken in other places of the pattern than the others."""
        places = [self._accepts(op, value) for op, value in _letters_in(items)]
        return list({tuple(accepts(c) for accepts in places): c for c in _LETTERS}.values())

    def _accepts(self, op: Any, value: Any) -> Callable[[str], bool]:
        if op is sre.ANY:
            return (lambda c: True) if self.flags & re.DOTALL else (lambda c: c != "\n")
        fold = str.lower if self.flags & re.IGNORECASE else str
        if op is sre.LITERAL:
            return lambda c: fold(c) == fold(chr(value))
        if op is sre.NOT_LITERAL:
            return lambda c: fold(c) != fold(chr(value))
        if op is not sre.IN:
            raise NotImplementedError(op)
        negated, items = value[0][0] is sre.NEGATE, [item for item in value if item[0] is not sre.NEGATE]
        folded = bool(self.flags & re.IGNORECASE)

        def accepts(letter: str) -> bool:
            ways = {letter, letter.lower(), letter.upper()} if folded else {letter}
            return any(_is_in(item, way) for item in items for way in ways if len(way) == 1) != negated

        return lru_cache(accepts)

    # --- run --------------------------------------------------------------------------------------------------

    def of(self, text: str, *, anywhere: bool) -> int:
        """Return the steps of looking for the pattern in `text`: at its beginning, or everywhere."""
        self.steps = 0
        at = 0
        while at <= len(text):
            end = self._run(self.program.code, text, at)
            if not anywhere:
                break
            at = max(end, at + 1) if end is not None else at + 1
        return self.steps

    def _run(self, code: list[tuple[Any, ...]], text: str, start: int) -> int | None:
        waiting = [(0, start)]
        while waiting:
            line, at = waiting.pop()
            while True:
                self.steps += 1
                if self.steps > STOP:
                    raise TooMuchError
                op, *values = code[line]
                if op == "match":
                    return at
                if op == "jump":
                    line = values[0]
                    continue
                if op == "split":
                    waiting.append((values[1], at))
                    line = values[0]
                    continue
                reached = self._step(op, values, text, at)
                if reached is None:
                    break
                line, at = line + 1, reached
        return None

    def _step(self, op: str, values: list[Any], text: str, at: int) -> int | None:
        if op == "char":
            return at + 1 if at < len(text) and values[0](text[at]) else None
        if op == "at":
            return at if _is_at(values[0], text, at, self.flags) else None
        if op == "atomic":
            return self._run(values[0], text, at)
        there = at >= values[1] and self._run(values[0], text, at - values[1]) is not None
        return at if there == (op == "look") else None


def example(accepts: Callable[[str], bool]) -> str:
    """Return a letter that is accepted."""
    return next(
        c for c in (*_LETTERS, *map(chr, range(0x20, 0x2FF)), *map(chr, range(0x300, 0xFFFF))) if accepts(c)
    )


def _unwrapped(item: tuple[Any, Any]) -> tuple[Any, Any]:
    """Return what a group holds alone."""
    while item[0] is sre.SUBPATTERN and len(item[1][3]) == 1:
        item = item[1][3][0]
    return item


def _letters_in(items: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the places of a pattern where one letter stands."""
    for op, value in items:
        if op in {sre.ANY, sre.LITERAL, sre.NOT_LITERAL, sre.IN}:
            yield op, value
        elif op is sre.BRANCH:
            for way in value[1]:
                yield from _letters_in(way)
        elif op not in {sre.AT, sre.GROUPREF}:
            inside = value if op is sre.ATOMIC_GROUP else value[-1]
            yield from _letters_in(inside)


def _is_in(item: tuple[Any, Any], letter: str) -> bool:
    kind, value = item
    if kind is sre.LITERAL:
        return ord(letter) == value
    if kind is sre.RANGE:
        return bool(value[0] <= ord(letter) <= value[1])
    return bool(re.match(_CATEGORIES[value], letter))


def _is_at(where: Any, text: str, at: int, flags: int) -> bool:
    if where in {sre.AT_BEGINNING, sre.AT_BEGINNING_STRING}:
        return at == 0 or bool(flags & re.MULTILINE and text[at - 1] == "\n")
    if where in {sre.AT_END, sre.AT_END_STRING}:
        return at == len(text) or bool(flags & re.MULTILINE and text[at] == "\n")
    words = [0 <= i < len(text) and bool(re.match(r"\w", text[i])) for i in (at - 1, at)]
    return (words[0] != words[1]) == (where is sre.AT_BOUNDARY)


def attacks(work: Work) -> Iterator[Callable[[int], str]]:
    """Yield makers of texts that grow: each repetition pumped, behind what leads to it, alone, and many times over."""
    tried = {(r.before, pump, end) for r in work.program.repeats for pump in r.pumps for end in {"", r.end}}
    for before, pump, end in sorted(tried):
        yield lambda n, b=before, p=pump, e=end: b + p * n + e  # type: ignore[misc]
        if before:
            yield lambda n, b=before, p=pump, e=end: (b + p) * n + e  # type: ignore[misc]
    for before in sorted({repeat.before for repeat in work.program.repeats} - {""}):
        yield lambda n, b=before: b * n  # type: ignore[misc]


def worst(pattern: re.Pattern[Any], *, anywhere: bool = True) -> tuple[float, str]:
    """Return how many times more work ten times the text makes, at worst, and the beginning of that text."""
    work = Work(pattern)
    found = (1.0, "")
    for text in attacks(work):
        try:
            few = work.of(text(FEW), anywhere=anywhere)
            many = work.of(text(MANY), anywhere=anywhere)
        except TooMuchError:
            return float("inf"), text(3)
        found = max(found, (many / max(few, FEW), text(3)))
    return found
