"""The help says the same in both languages, names what is on screen, and stands where it helps."""

import re
import tomllib
from typing import Any

import pytest
from PIL import Image

from cordee.web.coordination.urls import urlpatterns as coordination
from cordee.web.facilitation.urls import urlpatterns as facilitation
from cordee.web.help import articles as house
from cordee.web.help.places import PLACES
from cordee.web.help.views import PICTURES, READERS
from cordee.web.office.urls import urlpatterns as office
from tests.architecture.access_table import NOBODY, TABLE, Page
from tests.architecture.world import PATTERNS
from tools import translations as tool

WRITTEN: dict[str, Any] = {
    file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in house.FOLDER.glob("*.toml")
}
PICTURES_KEPT = house.FOLDER.parent / "static" / "help"
IN_TABLE = {"coordinator": "coordinator of this mission", "facilitator": "facilitator on the session"}
"""Readers who are called otherwise in the table of who may open what."""

WITHOUT_HELP = {
    "registration_poster": "is printed",
    "session_beside": "is shown beside the session",
    "session_people": "a part of the page of the session",
    "signing_cards": "are printed",
    "mail_html": "a part of the page of the e-mail",
    "mail_preview": "a part of the page of the words",
}
"""Pages that people open and that have no article, with why."""


def words_on_screen(text: str) -> list[str]:
    return sorted(" ".join(word.split()) for word in house.WORD_ON_SCREEN.findall(text))


def test_every_article_has_its_place_in_the_order_of_the_job() -> None:
    assert sorted(house.ORDER) == sorted(WRITTEN)


@pytest.mark.parametrize("key", sorted(WRITTEN))
def test_both_languages_say_the_same(*, key: str) -> None:
    written = WRITTEN[key]
    assert set(written["readers"]) <= set(READERS)
    keys = [step["key"] for step in written["steps"]]
    assert len(keys) == len(set(keys))
    for part in (written, *written["steps"]):
        english, french = part["en"], part["fr"]
        assert set(english) == set(french)
        assert all(said.strip() for said in (*english.values(), *french.values()))
        assert ("picture" in part) == ("alt" in english)
        if "text" in english:
            assert english["text"].count("\n\n") == french["text"].count("\n\n"), part["key"]
            assert words_on_screen(english["text"]) == words_on_screen(french["text"]), part["key"]


@pytest.mark.parametrize("key", sorted(WRITTEN))
def test_words_on_screen_are_on_screen(*, key: str) -> None:
    known = {message.id for message in tool.read() if not message.context}
    named = {word for step in WRITTEN[key]["steps"] for word in words_on_screen(step["en"]["text"])}
    assert named - known == set(), "no page says this: write it as the page does"


def test_each_picture_is_there_in_each_language_small_and_used() -> None:
    used = {step["picture"] for written in WRITTEN.values() for step in written["steps"] if "picture" in step}
    kept = {file.stem: file for file in PICTURES_KEPT.iterdir() if file.suffix == ".webp"}
    assert set(kept) == {f"{name}-{language}" for name in used for language in ("fr", "en")}
    for name, file in kept.items():
        width, height = PICTURES[name.split("-")[1]]
        assert file.stat().st_size <= 60_000
        with Image.open(file) as picture:
            assert picture.width * height == picture.height * width, name


def test_french_is_written_as_the_house_writes_it() -> None:
    for article in house.articles("fr"):
        said = [article.title, article.lead, *(step.title + step.plain for step in article.steps)]
        for text in said:
            assert not re.search(r"'|(?<!\u00a0)[;!?»]|[^\u00a0\d]:|\btu\b", text), text


def test_a_page_leads_to_a_step_that_is_there_for_somebody_who_may_open_it() -> None:
    for name, place in PLACES.items():
        key, _, step = place.partition("#")
        page = TABLE[name]
        assert name in PATTERNS
        assert step in {s.key for s in house.articles("en")[house.ORDER.index(key)].steps}, place
        assert isinstance(page, Page)
        assert page.opens & readers(key), f"{name}: nobody of those whom {key} is for may open it"


def test_what_a_step_leads_to_may_be_opened_by_its_readers() -> None:
    for key, written in WRITTEN.items():
        for step in written["steps"]:
            page = TABLE[step["go"]] if "go" in step else None
            assert page is None or (isinstance(page, Page) and page.opens & readers(key)), step["key"]


def readers(key: str) -> set[str]:
    return {IN_TABLE.get(reader, reader) for reader in WRITTEN[key]["readers"]}


def test_every_page_of_those_who_work_here_has_its_help() -> None:
    opened = {
        str(pattern.name)
        for pattern in (*coordination, *facilitation, *office)
        if pattern.name and "." not in str(pattern.pattern) and is_opened(pattern.name)
    }
    files = {name for name in opened if name.endswith(("_pdf", "_file", "_paper", "_photo", "_picture"))}
    missing = opened - files - {"my_paper", "deposited_file"} - set(PLACES)
    assert missing == set(WITHOUT_HELP), "give it an article in web/help/places.py, or say why not"


def is_opened(name: str) -> bool:
    page = TABLE[name]
    return isinstance(page, Page) and page.opens != NOBODY


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("PRÉSENCE", "fr", "presence"),
        ("emargement", "fr", "sheet"),
        ("comment planifier une session", "fr", "plan"),
        ("qr codes", "en", "enrol"),
        ("bank account", "en", "paid"),
        ("réclamations", "fr", "complaints"),
        ("hors ligne", "fr", "offline"),
    ],
)
def test_what_is_searched_for_comes_first(*, text: str, language: str, first: str) -> None:
    assert house.found(text, language)[0].key == first


def test_nothing_is_found_for_words_that_stand_nowhere() -> None:
    assert house.found("xylophone", "fr") == []
    assert house.found("", "fr") == list(house.articles("fr"))
