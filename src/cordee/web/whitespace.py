"""White space in our templates: lines may be broken between tags, and nothing of it is sent.

As in JSX: white space that contains a line break is nothing beside a tag (`<…>`, `{% … %}`, `{# … #}`) and one space
between two words; a space on one line stays (several are one). `{{ " " }}` is a space where a line has to be broken
beside a tag. A tag may itself run over several lines. `pre`, `textarea`, `script` and `style` are left as they are.

The rule is applied once, when a template is loaded: `{% … %}` reaches Django on one line. Templates of other
packages, and texts, are not touched.
"""

import re
from pathlib import Path
from typing import Final

from django.template import Origin
from django.template.loaders import app_directories
from django.utils.translation import trim_whitespace

HOUSE: Final = Path(__file__).resolve().parent.parent

_TAG: Final = r"{%.*?%}"
_VARIABLE: Final = r"{{.*?}}"
_DOUBLE: Final = rf'"(?:{_TAG}|{_VARIABLE}|[^"{{]|{{(?![%{{]))*"'
_SINGLE: Final = rf"'(?:{_TAG}|{_VARIABLE}|[^'{{]|{{(?![%{{]))*'"

_ELEMENT: Final = rf"""</?[a-zA-Z!](?:{_TAG}|{_VARIABLE}|{_DOUBLE}|{_SINGLE}|[^>"'{{]|{{(?![%{{]))*>"""

# What is kept whole. The order counts: what surrounds comes before what it may hold.
PARTS: Final = re.compile(
    rf"""
    (?P<message>{{%[ ]*blocktranslate\b.*?%}}.*?{{%[ ]*endblocktranslate[ ]*%}})
    | (?P<remark>{{%[ ]*comment\b.*?%}}.*?{{%[ ]*endcomment[ ]*%}})
    | (?P<kept>{{%[ ]*verbatim\b.*?{{%[ ]*endverbatim\b.*?%}} | <!--.*?-->)
    | (?P<raw><(?P<name>pre|textarea|script|style)\b.*?</(?P=name)\s*>)
    | (?P<tag>{_TAG} | {{\#.*?\#}})
    | (?P<space>{{{{[ ]"[ ]"[ ]}}}})
    | (?P<variable>{_VARIABLE})
    | (?P<element>{_ELEMENT})
    """,
    re.DOTALL | re.VERBOSE,
)
ELEMENT: Final = re.compile(_ELEMENT, re.DOTALL)
_IN_ELEMENT: Final = re.compile(rf"({_TAG}|{_VARIABLE}|{_DOUBLE}|{_SINGLE})", re.DOTALL)
# No-break spaces are words here.
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_BREAK: Final = re.compile(r"[ \t]*\r?\n[ \t\r\n]*")


class Loader(app_directories.Loader):
    """Django's own loader of `templates/` folders, with the rule applied to ours."""

    def get_contents(self, origin: Origin) -> str:
        """Return the source of a template as it is compiled."""
        source = super().get_contents(origin)
        name = Path(origin.name)
        return compact(source) if name.suffix == ".html" and name.is_relative_to(HOUSE) else source


def compact(source: str) -> str:
    """Return a template without the white space that only serves its reader."""
    done: list[str] = []
    text, end = "", 0  # what stands since the last tag: words and variables
    for part in PARTS.finditer(source):
        text += source[end : part.start()]
        end = part.end()
        if part.lastgroup == "variable":
            text += part[0]
        else:
            done += [_words(text), _one_line(part)]
            text = ""
    return "".join([*done, _words(text + source[end:])])


def _words(text: str) -> str:
    """Return what stands between two tags: line breaks at its edges are nothing, others are one space."""
    start = _BREAK.match(text)
    text = text[start.end() :] if start else text
    stripped = text.rstrip(" \t\r\n")
    text = stripped if "\n" in text[len(stripped) :] else text
    return _SPACES.sub(" ", text)


def _one_line(part: re.Match[str]) -> str:
    match part.lastgroup:
        case "element":
            return _element(part[0])
        case "raw":
            opening = ELEMENT.match(part[0])
            return _element(opening[0]) + part[0][opening.end() :] if opening else part[0]
        case "message":
            return _message(part[0])
        case "remark":
            return trim_whitespace(part[0]).replace("%} ", "%}", 1).replace(" {% endcomment", "{% endcomment")
        case "space":
            return " "
        case "tag":
            return _BREAK.sub(" ", part[0])
        case _:
            return part[0]


def _message(source: str) -> str:
    """Return a blocktranslate; with `trimmed`, its words on one line, as Django itself will have them."""
    opening, words, closing = re.fullmatch(r"({%.*?%})(.*)({%.*?%})", source, re.DOTALL).groups()  # type: ignore[union-attr]
    opening = _BREAK.sub(" ", opening)
    if " trimmed" in opening:
        words = "".join(
            piece if piece.startswith("{%") else trim_whitespace(piece)
            for piece in re.split(r"({% plural %})", words)
        )
    return f"{opening}{words}{closing}"


def _element(source: str) -> str:
    """Return an HTML tag on one line. A `{% … %}` that brings the space before its attribute needs none in front."""
    pieces = _IN_ELEMENT.split(source)
    for at in range(0, len(pieces), 2):
        pieces[at] = re.sub(r"\s+", " ", pieces[at])
    for at in range(1, len(pieces), 2):
        pieces[at] = _BREAK.sub(" ", pieces[at])
        before, after = pieces[at - 1], "".join(pieces[at + 1 : at + 3])
        if pieces[at].startswith("{%") and before.endswith(" ") and after.startswith((" ", ">", "/>", "{%")):
            pieces[at - 1] = before[:-1]
    return re.sub(r" (/?>)$", r"\1", "".join(pieces))
