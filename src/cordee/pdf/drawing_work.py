"""How much it takes to draw an SVG: what is referred to is drawn each time, so that a short file can be endless."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cordee.pdf.rasters import NotAPictureError

MOST_ELEMENTS = 20_000
_MOST_DRAWN = 60_000
_LONGEST_CHAIN = 150
"""Elements in elements and references to references, together."""


_URL = re.compile(r"url\(", re.IGNORECASE)


class TooComplexError(NotAPictureError):
    """It would take too long to draw."""


class Drawn(Protocol):
    """An element, as far as the work it makes is concerned."""

    @property
    def name(self) -> str: ...
    @property
    def attributes(self) -> Mapping[str, str]: ...
    @property
    def cost(self) -> int: ...
    @property
    def children(self) -> "Iterator[Drawn]": ...


@dataclass(frozen=True, slots=True)
class _Reference:
    """An element is drawn with this other one."""

    to: str
    inherited: bool
    """Fills and strokes: all that is inside the element is painted with it, too."""


def check_work(root: Drawn, styles: Sequence[str]) -> None:
    """Raise TooComplexError for a drawing that draws itself, or too much."""
    if _Work(root, styles).of(root, 0) > _MOST_DRAWN:
        raise TooComplexError


class _Work:
    def __init__(self, root: Drawn, styles: Sequence[str]) -> None:
        self._named: dict[str, list[Drawn]] = defaultdict(list)
        self._name(root)
        self._by_selector = _references_of_styles(styles)
        self._known: dict[int, int] = {}
        self._at_work: set[int] = set()

    def _name(self, element: Drawn) -> None:
        if name := element.attributes.get("id"):
            self._named[name].append(element)
        for child in element.children:
            self._name(child)

    def of(self, element: Drawn, depth: int) -> int:
        """Return how many elements are drawn for this one, those it refers to included."""
        key = id(element)
        if key in self._known:
            return self._known[key]
        if key in self._at_work or depth > _LONGEST_CHAIN:
            raise TooComplexError
        self._at_work.add(key)
        work = inside = element.cost + sum(self.of(child, depth + 1) for child in element.children)
        for reference in self._references(element):
            # Two of one name: whichever a program takes, it is no more than this.
            target = max(
                (self.of(found, depth + 1) for found in self._named.get(reference.to, ())), default=0
            )
            work += target * inside if reference.inherited else target
            if work > _MOST_DRAWN:
                raise TooComplexError
        self._at_work.discard(key)
        self._known[key] = work
        return work

    def _references(self, element: Drawn) -> Iterator[_Reference]:
        target = element.attributes.get("href", "").strip()
        if target.startswith("#"):
            yield _Reference(target[1:], inherited=False)
        for name, value in element.attributes.items():
            yield from _in_declarations(value if name == "style" else f"{name}:{value}")
        yield from self._by_selector.get(element.name, ())
        for name in element.attributes.get("class", "").split():
            yield from self._by_selector.get(f".{name}", ())


def _in_declarations(text: str) -> Iterator[_Reference]:
    """Give what `property: url(#name)` refers to."""
    if "url(" not in text.lower():
        return
    for declaration in text.split(";"):
        name = declaration.partition(":")[0].strip().lower()
        for part in _URL.split(declaration)[1:]:
            to = part.partition(")")[0].strip(" \t\r\n\"'").removeprefix("#")
            yield _Reference(to, inherited=name in {"fill", "stroke"})


def _references_of_styles(styles: Sequence[str]) -> dict[str, list[_Reference]]:
    """Return what elements refer to by style sheets: by `.class`, or by the name of the element."""
    found: dict[str, list[_Reference]] = defaultdict(list)
    for style in styles:
        for rule in _plain(style).split("}"):
            selectors, _, body = rule.partition("{")
            references = list(_in_declarations(body))
            for selector in selectors.split(","):
                simple = selector.strip().removeprefix(".").replace("-", "").replace("_", "").isalnum()
                if "url(" in selector.lower() or (references and not simple):
                    raise TooComplexError  # whom it is for cannot be told
                found[selector.strip()] += references
    return found


def _plain(style: str) -> str:
    """Return the style sheet without its comments, and without braces in what is quoted: they are no rules' ends."""
    kept: list[str] = []
    quote, at = "", 0
    while at < len(style):
        sign = style[at]
        if not quote and style.startswith("/*", at):
            end = style.find("*/", at + 2)
            at = len(style) if end < 0 else end + 2
            continue
        if quote:
            quote = "" if sign in {quote, "\n"} else quote
        elif sign in "\"'":
            quote = sign
        kept.append(" " if quote and sign in "{};" else sign)
        at += 1
    return "".join(kept)
