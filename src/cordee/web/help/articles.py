"""The articles of the help, in the order of the job: one file each, in both languages, side by side.

In a text, `{Plan a session}` is a word on screen: it is shown as the pages themselves say it, in the reader's language.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.safestring import SafeString

from cordee.kernel.names import search_key
from cordee.web.components.markup import joined, markup

FOLDER = Path(__file__).parent / "articles"
ORDER: Final = (
    "orders",
    "access",
    "plan",
    "staff",
    "enrol",
    "sheet",
    "presence",
    "holds",
    "fees",
    "paid",
    "money",
    "closure",
    "certificates",
    "mails",
    "results",
    "complaints",
    "improve",
    "audit",
    "dashboard",
    "house",
    "offline",
)
WORD_ON_SCREEN = re.compile(r"\{([^{}]+)\}")
_FOLD = re.compile(r"[ \n]+")
"""Where a text is broken in its file; a space that keeps words together stays."""
_WORD = re.compile(r"\w+")
_LEAST = 3
"""Letters of a word that is searched for: shorter ones are in every sentence."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `go` names a page that needs no reference; `picture` is without language and suffix."""

    key: str
    title: str
    text: tuple[SafeString, ...]
    plain: str
    go: str = ""
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """What is to be done at one step of the job, in one language; `readers` do it."""

    key: str
    readers: tuple[str, ...]
    title: str
    lead: str
    steps: tuple[Step, ...]

    keys: tuple[str, str, str]
    """What is searched: the title; the steps' titles and the words that people use; the rest. Without accents."""

    def found_for(self, word: str) -> int:
        """Tell how well a word without accents fits: 3, 2 or 1 as it stands in the first of `keys`, or a later one;
        0 where it stands nowhere.
        """
        return next((3 - n for n, said in enumerate(self.keys) if word in said), 0)


@cache
def articles(language: str) -> tuple[Article, ...]:
    """Return all articles in a language."""
    with translation.override(spoken(language)):
        return tuple(_article(key, spoken(language)) for key in ORDER)


def spoken(language: str) -> str:
    """Return the language of the help for a reader: French for the French, English for everybody else."""
    return "fr" if language.startswith("fr") else "en"


def article(key: str, language: str) -> Article | None:
    """Return one article, if there is one of this name."""
    return next((a for a in articles(language) if a.key == key), None)


def found(text: str, language: str) -> list[Article]:
    """Return the articles that hold most of the words, best first; all of them when nothing is asked for.

    Accents, capitals and the plural do not matter.
    """
    words = _words(text)
    fits = [(a, [a.found_for(word) for word in words]) for a in articles(language)]
    most = max((sum(map(bool, each)) for _, each in fits), default=0)
    if text.strip() and not most:
        return []
    best = [(a, each) for a, each in fits if sum(map(bool, each)) == most]
    return [a for a, _ in sorted(best, key=lambda pair: -sum(pair[1]))]


def named(text: str, language: str) -> list[Article]:
    """Return the articles of which every word is in a title or among what people say for it: no more by chance."""
    words = _words(text)
    return [a for a in found(text, language) if words and all(a.found_for(w) > 1 for w in words)]


def _words(text: str) -> list[str]:
    return [w.rstrip("sx") for w in _WORD.findall(search_key(text)) if len(w) >= _LEAST]


def _article(key: str, language: str) -> Article:
    written = tomllib.loads((FOLDER / f"{key}.toml").read_text(encoding="utf-8"))
    own = written[language]
    steps = tuple(_steps(written["steps"], language))
    said = (
        own["title"],
        " ".join([own["words"], *(step.title for step in steps)]),
        " ".join([own["lead"], *(step.plain for step in steps)]),
    )
    first, second, third = map(search_key, said)
    return Article(key, tuple(written["readers"]), own["title"], own["lead"], steps, (first, second, third))


def _steps(written: list[dict[str, Any]], language: str) -> Iterator[Step]:
    for step in written:
        own = step[language]
        paragraphs = [_FOLD.sub(" ", p) for p in own["text"].strip().split("\n\n")]
        yield Step(
            key=step["key"],
            title=own["title"],
            text=tuple(_shown(p) for p in paragraphs),
            plain=" ".join(str(_plain(p)) for p in paragraphs),
            go=step.get("go", ""),
            picture=step.get("picture", ""),
            alt=own.get("alt", ""),
        )


def _shown(paragraph: str) -> SafeString:
    """Return a paragraph as HTML; the odd parts are words on screen."""
    parts = WORD_ON_SCREEN.split(paragraph)
    return joined(
        markup("<b>{}</b>", translation.gettext(part)) if number % 2 else markup("{}", part)
        for number, part in enumerate(parts)
    )


def _plain(paragraph: str) -> str:
    return WORD_ON_SCREEN.sub(lambda word: translation.gettext(word[1]), paragraph)
