"""The page in a sealed file checks it in any browser, without network."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import AXE, RULES, SIZES
from tests.seals.test_sealing import ALTERATIONS, AROUND, altered, packed, sealed, unpacked

pytestmark = pytest.mark.journey


@pytest.fixture
def checker(browser: Browser, size: str, tmp_path: Path) -> Callable[[bytes], Page]:
    """Give a sealed file to the page that lies in it, opened from the disk."""
    (tmp_path / "check.html").write_bytes(unpacked(sealed().content)["check.html"])
    page = browser.new_page(viewport=SIZES[size], locale="fr-FR", color_scheme="dark")  # type: ignore[arg-type]
    page.on("request", lambda request: _no_network(request.url))

    def give(content: bytes) -> Page:
        page.goto((tmp_path / "check.html").as_uri())
        file = tmp_path / "sealed.zip"
        file.write_bytes(content)
        page.locator("input").set_input_files(str(file))
        expect(page.locator("#verdict strong")).to_be_visible()
        return page

    return give


def _no_network(url: str) -> None:
    assert url.startswith(("file:", "blob:")), url


def test_a_file_that_nobody_touched(checker: Callable[[bytes], Page]) -> None:
    page = checker(sealed().content)
    expect(page.locator("#verdict.whole")).to_contain_text("Ce dossier est tel qu’il a été scellé")
    expect(page.locator("#verdict")).to_contain_text("S-2027-0001-A")
    expect(page.locator("#files tr")).to_have_count(4)
    page.evaluate(AXE)
    assert (
        page.evaluate("async (rules) => (await axe.run(document, {runOnly: rules})).violations", RULES) == []
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", [name for name in ALTERATIONS if "time stamp" not in name])
def test_a_file_that_was_altered(checker: Callable[[bytes], Page], name: str) -> None:
    alter, found = ALTERATIONS[name]
    page = checker(altered(alter))
    expect(page.locator("#verdict.altered")).to_contain_text(found.name or "Ce n’est pas un dossier scellé")


def test_what_was_done_to_the_zip(checker: Callable[[bytes], Page]) -> None:
    for alter, _found in AROUND.values():
        expect(checker(alter(sealed().content)).locator("#verdict.whole")).to_have_count(0)
    page = checker(packed(unpacked(sealed().content)))
    expect(page.locator("#verdict.whole")).to_contain_text("emballé à nouveau")
    expect(checker(sealed().content).locator("#verdict")).not_to_contain_text("emballé à nouveau")


def test_of_two_files_chosen_quickly_the_last_is_told_of(
    checker: Callable[[bytes], Page], tmp_path: Path
) -> None:
    page = checker(sealed().content)
    (tmp_path / "slow.zip").write_bytes(b"not sealed")
    page.evaluate(
        """() => {
          const read = File.prototype.arrayBuffer;
          const later = new Promise((go) => { window.hurry = go; });
          File.prototype.arrayBuffer = async function () {
            if (this.name === "slow.zip") await later;
            return read.call(this);
          };
        }"""
    )
    page.locator("input").set_input_files(str(tmp_path / "slow.zip"))
    expect(page.locator("#verdict")).to_be_empty()
    page.locator("input").set_input_files(str(tmp_path / "sealed.zip"))
    expect(page.locator("#verdict.whole")).to_be_visible()
    page.evaluate("async () => { hurry(); await new Promise((done) => setTimeout(done, 200)); }")
    expect(page.locator("#verdict.whole")).to_be_visible()
    expect(page.locator("#files tr")).to_have_count(4)
