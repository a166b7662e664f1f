"""One tag over several lines: attributes, arguments, and words of messages."""

import re
from typing import Final

INDENT: Final = "  "
FILLED: Final = frozenset(["elif", "for", "if"])  # template tags that read as a sentence


def tag_lines(source: str, width: int) -> list[str]:
    """Return a tag; when it is too long, an attribute or argument a line."""
    if len(source) <= width or not source.startswith(("<", "{%")):
        return [source]
    if source.startswith("{%"):
        return _arguments(source, width)
    name, *attributes = _attributes(source)
    inner = [line for attribute in attributes for line in _broken(attribute, width - len(INDENT))]
    return [name, *(INDENT + line for line in inner), "/>" if source.endswith("/>") else ">"]


def message_lines(source: str, width: int) -> list[str]:
    """Return a message or a remark, its words on lines of their own. Only a `trimmed` message bears that."""
    opening, text, closing = re.fullmatch(r"({%.*?%})(.*)({%.*?%})", source).groups()  # type: ignore[union-attr]
    if opening.startswith("{% blocktranslate") and " trimmed" not in opening:
        return [source]
    found = tag_lines(opening, width)
    for piece in re.split(r"({% plural %})", text):
        if piece.startswith("{%"):
            found.append(piece)
        else:
            words = re.findall(r"(?:{{.*?}}|[^ ])+", piece)
            found += [INDENT + line for line in _filled(words, width - len(INDENT))]
    return [*found, closing]


def _arguments(source: str, width: int) -> list[str]:
    name, *arguments = re.findall(r"""(?:"[^"]*"|'[^']*'|[^ ])+""", source[3:-3])
    if name in FILLED:
        arguments = _filled(arguments, width - len(INDENT))
    else:  # what has no name stays with the tag
        named = next((at for at, argument in enumerate(arguments) if "=" in argument), 0)
        head = " ".join([name, *arguments[:named]])
        if len("{% " + head) <= width:
            name, arguments = head, arguments[named:]
    return ["{% " + name, *(INDENT + argument for argument in arguments), "%}"]


def _attributes(source: str) -> list[str]:
    """Return `<name` and the attributes of an element; an `{% if %}` and what it holds are one."""
    source = source.removesuffix("/>").removesuffix(">")
    closers = set(re.findall(r"{% end(\w+)", source))
    found, depth, quote = [""], 0, ""
    for piece in re.findall(r"{%.*?%}|{{.*?}}|.", source):
        if piece == " " and not quote and not depth:
            found.append("")
            continue
        if piece in {'"', "'"} and quote in {"", piece}:
            quote = "" if quote else piece
        if piece.startswith("{%") and not quote:
            name = piece.split()[1]
            depth += (name in closers) - name.startswith("end")
        found[-1] += piece
    return [part for attribute in found for part in _parted(attribute)]


def _parted(attribute: str) -> list[str]:
    """Part an attribute from the `{% if … %} …` that follows it: it brings its own space."""
    for at in re.finditer(r"(?<=[\"'\w}]){% \w[^%]*%} ", attribute):
        if attribute[: at.start()].count('"') % 2 == 0:
            return [attribute[: at.start()], *_parted(attribute[at.start() :])]
    return [attribute]


def _broken(attribute: str, width: int) -> list[str]:
    """Return an attribute, broken at its spaces when it is too long."""
    if len(attribute) <= width:
        return [attribute]
    first, *rest = _filled(re.findall(r"(?:{%.*?%}|{{.*?}}|[^ ])+", attribute), width - len(INDENT))
    return [first, *(INDENT + line for line in rest)]


def _filled(pieces: list[str], width: int) -> list[str]:
    """Return pieces set in lines, a space between them."""
    lines: list[str] = []
    for piece in pieces:
        if lines and len(lines[-1]) + 1 + len(piece) <= width:
            lines[-1] += " " + piece
        else:
            lines.append(piece)
    return lines
