"""SVG as people give it: read by a parser, what draws kept, and refused when it would do more than draw."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from cordee.pdf import rasters
from cordee.pdf.drawing_words import ATTRIBUTES, DRAWS, SILENT, TEXTS
from cordee.pdf.drawing_work import MOST_ELEMENTS, Drawn, TooComplexError, check_work
from cordee.pdf.rasters import NotAPictureError

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_DEEPEST = 60
_PIXELS_PER_ELEMENT = 1000
"""What a picture inside the drawing costs, in elements."""


class DoesMoreThanDrawError(NotAPictureError):
    """It holds a script, an animation, something from elsewhere…: `what` names it as it stands in the file."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what[:40]


@dataclass(slots=True)
class Element:
    """One element that is kept."""

    name: str
    attributes: dict[str, str]
    inside: "list[Element | str]" = field(default_factory=list)
    cost: int = 1
    """How much it takes to draw it alone, in elements."""

    @property
    def children(self) -> "Iterator[Drawn]":
        return (part for part in self.inside if isinstance(part, Element))


def clean(given: bytes) -> bytes:
    """Return what is kept of the SVG, in UTF-8, whatever it was written in.

    Raises DoesMoreThanDrawError, TooComplexError, or NotAPictureError when it is no SVG at all.
    """
    reading = _Reading()
    try:
        reading.parser.Parse(given, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # LookupError: an encoding nobody knows
        if isinstance(error, NotAPictureError):
            raise
        raise NotAPictureError("neither PNG, nor JPEG, nor SVG") from error
    root = reading.root
    if root is None:
        raise NotAPictureError("neither PNG, nor JPEG, nor SVG")
    check_work(root, reading.styles)
    root.attributes = {"xmlns": _SVG} | root.attributes
    return "".join(_written(root)).encode()


class _Reading:
    """One pass of the parser: builds what is kept, and stops at the first thing that is not for a picture."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.styles: list[str] = []
        self._open: list[Element | None] = []
        self._kept = 0
        # Names come with their namespace before them.
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = _entity
        self.parser.ProcessingInstructionHandler = _instruction

    def _doctype(self, _name: str, _system: str | None, public: str | None, has_own: bool) -> None:  # noqa: FBT001 - expat's
        """Only the one that drawing programs write; nothing is fetched, and it is not kept."""
        if has_own or not (public or "").startswith("-//W3C//DTD SVG "):
            raise DoesMoreThanDrawError("<!DOCTYPE")

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        space, _, name = full_name.rpartition(" ")
        if not self._open and (space, name) != (_SVG, "svg"):
            raise NotAPictureError("neither PNG, nor JPEG, nor SVG")
        if len(self._open) >= _DEEPEST:
            raise TooComplexError
        inside_kept = not self._open or self._open[-1] is not None
        if not inside_kept or space != _SVG or name in SILENT:
            self._open.append(None)  # the notes of a drawing program, and all that is in them
            return
        if name not in DRAWS:
            raise DoesMoreThanDrawError(f"<{name}>")
        self._kept += 1
        if self._kept > MOST_ELEMENTS:
            raise TooComplexError
        element = _element(name, attributes)
        if self._open and (parent := self._open[-1]):
            parent.inside.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if element and element.name == "style":
            text = "".join(part for part in element.inside if isinstance(part, str))
            _check_style(text, whole=True)
            self.styles.append(text)

    def _words(self, text: str) -> None:
        if self._open and (element := self._open[-1]) and element.name in TEXTS:
            element.inside.append(text)


def _entity(*_declaration: object) -> NoReturn:
    raise DoesMoreThanDrawError("<!ENTITY")


def _instruction(target: str, _data: str) -> NoReturn:
    raise DoesMoreThanDrawError(f"<?{target}")


def _element(name: str, attributes: dict[str, str]) -> Element:
    kept: dict[str, str] = {}
    for full_name, value in attributes.items():
        space, _, plain = full_name.rpartition(" ")
        if plain.lower().startswith("on") and not space:
            raise DoesMoreThanDrawError(plain)
        if space not in {"", _XLINK} or plain not in ATTRIBUTES:
            continue
        _check_style(value, whole=False)
        kept[plain] = value
    element = Element(name, kept)
    target = kept.get("href", "").strip()
    if target and not target.startswith("#"):
        element.cost += _inside_picture(name, target)
    return element


def _inside_picture(name: str, target: str) -> int:
    """Return what the picture written into the drawing costs; nothing else may be referred to."""
    kind, _, data = target.partition(",")
    checks = {"data:image/png;base64": rasters.check_png, "data:image/jpeg;base64": rasters.check_jpeg}
    check = checks.get(kind.replace("image/jpg", "image/jpeg"))
    if name != "image" or check is None:
        raise DoesMoreThanDrawError(target)
    try:
        content = b64decode(data)
    except ValueError as error:
        raise NotAPictureError("a damaged picture inside") from error
    if not content.startswith(rasters.PNG if check is rasters.check_png else rasters.JPEG):
        raise DoesMoreThanDrawError(target)
    return check(content) // _PIXELS_PER_ELEMENT


def _check_style(text: str, *, whole: bool) -> None:
    """Refuse what fetches, and what hides it: an address is only ever `url(#…)` of the drawing itself.

    `whole`: the text of a style sheet, where rules beginning with @ import, load fonts or move things.
    """
    if "\\" in text:
        raise DoesMoreThanDrawError("\\")
    if whole and "@" in text:
        raise DoesMoreThanDrawError(text[text.index("@") :])
    for reference in text.lower().split("url(")[1:]:
        if not reference.lstrip(" \t\r\n\"'").startswith("#"):
            raise DoesMoreThanDrawError(f"url({reference}")
    for word in ("image(", "image-set(", "expression(", "src("):
        if word in text.lower():
            raise DoesMoreThanDrawError(word)


def _written(element: Element) -> Iterator[str]:
    yield f"<{element.name}"
    for name, value in element.attributes.items():
        yield f" {name}={quoteattr(value)}"
    if not element.inside:
        yield "/>"
        return
    yield ">"
    for part in element.inside:
        if isinstance(part, str):
            yield escape(part)
        else:
            yield from _written(part)
    yield f"</{element.name}>"
