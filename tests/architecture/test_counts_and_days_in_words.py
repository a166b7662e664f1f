"""Numbers and days as people say them: “1 person”, “2 people”, “0 personne”; “1er janvier”."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product

import pytest
from django.utils import translation

from cordee.kernel import days
from tools import translations as tool

BOUNDS = {"most", "least", "low", "high", "limit_value", "max", "megabytes"}
"""Placeholders of what is written in the code or in a setting: they bound a count and are none."""
NEVER_ONE = {
    "This list has %(found)s lines; at most %(most)d people are taken at once.": "told of too many lines",
    "This picture has %(found)d million pixels: more than the %(most)d that can be drawn.": "told of too many",
}
NUMBER = re.compile(r"%\((\w+)\)([ds]) (?!(?:or|of|to|ou|de|à|en|sur) )((?:\w+ )?)(\w+)")


def forms(message: str | tuple[str, ...]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


@cache
def counted_nouns() -> set[str]:
    """What stands after the number where the catalogue counts it: “people”, “sessions”, “personnes”."""
    nouns = set()
    for message in tool.read():
        if isinstance(message.id, tuple):
            for one, many in (message.id, forms(message.string)):
                found = [m[4] for m in NUMBER.finditer(many)] + [m[3].strip() for m in NUMBER.finditer(many)]
                nouns |= {word for word in found if re.search(rf"\b{word}\b", one) is None}
    return {noun for noun in nouns if noun == "people" or re.fullmatch(r"\w{3,}s", noun)}


def wrongly_plural(text: str, nouns: set[str]) -> Iterator[str]:
    """The placeholders of `text` that a plural follows, whatever the number is."""
    for name, kind, between, word in (m.groups() for m in NUMBER.finditer(text)):
        words = {between.strip(), word}
        plural = words & nouns or (kind == "d" and re.fullmatch(r"\w{4,}s|people", word))
        if name not in BOUNDS and plural:
            yield name


# --- counts -----------------------------------------------------------------------------------------
def test_what_is_counted_has_a_form_for_one() -> None:
    """Where a number stands before a plural, `ngettext` chooses the words: nobody reads “1 people”."""
    nouns = counted_nouns()
    assert nouns >= {"people", "sessions", "places", "personnes", "lignes"}
    found = [
        text
        for message in tool.read()
        if isinstance(message.id, str) and message.id not in NEVER_ONE
        for text in (message.id, str(message.string))
        if list(wrongly_plural(text, nouns))
    ]
    assert found == []


def test_the_form_for_one_counts_nothing_else_in_the_plural() -> None:
    """“Takes 1 people: 1 place is left” has two counts, and chooses the words by one of them."""
    nouns = counted_nouns()
    found = [
        text
        for message in tool.read()
        if isinstance(message.id, tuple) and message.id not in tool.BORROWED
        for text in (message.id[0], forms(message.string)[0])
        if list(wrongly_plural(text, nouns))
    ]
    assert found == []


@pytest.mark.parametrize(
    "wrong", ["%(n)d people came", "%(n)s sessions", "For %(a)d order lines", "%(n)d letters"]
)
def test_a_plural_for_every_number_is_found(wrong: str) -> None:
    assert list(wrongly_plural(wrong, counted_nouns()))


@pytest.mark.parametrize(
    "right", ["%(n)d person came", "%(most)d people", "%(name)s was", "Taken: %(a)d of %(b)d"]
)
def test_what_is_right_for_every_number_is_left_alone(right: str) -> None:
    assert not list(wrongly_plural(right, counted_nouns()))


def counting() -> list[tuple[str | None, str, str]]:
    return [(m.context, *m.id) for m in tool.read() if isinstance(m.id, tuple)]


@pytest.mark.parametrize(("context", "one", "many"), counting(), ids=lambda value: str(value)[:40])
def test_every_count_reads_right(context: str | None, one: str, many: str) -> None:
    plural = "|".join(sorted(counted_nouns()))
    for language, number in product(("en", "fr"), (0, 1, 2)):
        with translation.override(language):
            words = (
                translation.npgettext(context, one, many, number)
                if context
                else translation.ngettext(one, many, number)
            )
        shown = words % dict.fromkeys(re.findall(r"%\((\w+)\)", words), number)
        if "%(" in many:  # else the number stands beside the words
            assert str(number) in shown or number == 1, (
                "“0” takes the French words for one: they say the number"
            )
        if number == 1 or (number == 0 and language == "fr"):
            assert not re.search(rf"\b{number} (?:{plural})\b", shown)
        if language == "en":
            assert words == (one if number == 1 else many)


# --- days -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("pattern", "french", "english"),
    [
        (days.WHOLE, "vendredi 1er janvier 2027", "Friday 1 January 2027"),
        (days.LONG, "1er janvier 2027", "1 January 2027"),
        ("d MMM", "1er janv.", "1 Jan"),
        (days.MONTH, "janvier 2027", "January 2027"),
        (days.FIGURES, "01/01/2027", "01/01/2027"),
    ],
)
def test_french_alone_writes_the_first_of_the_month_as_an_ordinal(
    pattern: str, french: str, english: str
) -> None:
    first = date(2027, 1, 1)
    assert days.day_text(first, pattern, "fr") == french
    assert days.day_text(first, pattern, "en").replace(",", "") == english
    assert "1er" not in days.day_text(date(2027, 1, 21), pattern, "fr")


def formats_a_day(source: str) -> bool:
    """Whether Python puts a day into words by itself."""
    formatters = {"format_date", "format_datetime", "date_format"}
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module="django.utils.dateformat"):
                return True
            case ast.ImportFrom(module="babel.dates" | "django.utils.formats", names=names):
                if formatters & {alias.name for alias in names}:
                    return True
            case ast.Constant(value=str() as text) if re.search(r"%[AaBb]\b", text):
                return True
    return False


def test_days_are_put_into_words_in_one_place() -> None:
    found = {
        str(path.relative_to(tool.SOURCES))
        for path in tool.SOURCES.rglob("*.py")
        if formats_a_day(path.read_text())
    }
    assert found == {"kernel/days.py"}


def test_templates_leave_days_to_the_house() -> None:
    """Django's own `date` filter writes “1 janvier”."""
    found = [
        str(path.relative_to(tool.SOURCES))
        for path in tool.SOURCES.rglob("*")
        if path.suffix in {".html", ".txt", ".svg"} and re.search(r"\|\s*date\b|{%\s*now\b", path.read_text())
    ]
    assert found == []
