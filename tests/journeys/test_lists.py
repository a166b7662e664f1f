"""A client's list in whatever form it comes: given, checked row by row, corrected in place, enrolled."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cordee.enrolment import queries
from cordee.planning.models import Session
from tests.cast import Cast
from tests.journeys.conftest import Visitor
from tests.steps import plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LISTS = Path(__file__).parents[1] / "data/lists"


@pytest.fixture
def camille(cast: Cast, visit: Callable[..., Visitor]) -> Visitor:
    return visit(cast.camille.user)


def names(session: Session) -> list[str]:
    return [e.participant.full_name for e in queries.enrolments(session.pk)]


def test_a_file_is_given_corrected_in_place_and_enrolled(cast: Cast, camille: Visitor) -> None:
    (session,) = plan(cast, cast.noor)
    camille.go(f"/sessions/{session.ref}/")
    camille.page.locator("#id_file").set_input_files(LISTS / "02-entreprise-export-excel.csv")
    camille.press("Read the list")
    page = camille.page
    rows = page.locator(".list-row")
    expect(rows).to_have_count(5)

    # Typing into a row saves it; the next field keeps what is being typed into it.
    gaelle = rows.nth(2)
    gaelle.locator("[name^=email]").fill("gaelle.roux@eolia.example")
    page.keyboard.press("Tab")
    page.keyboard.type("Gaelle")
    expect(gaelle.get_by_text("à inscrire")).to_be_visible()
    expect(gaelle.locator("[name^=first]")).to_have_value("Gaelle")
    expect(page.locator("#list-count")).to_contain_text("3 lignes prêtes")

    camille.press(page.get_by_role("button", name="hugo.moreau@gmail.com"))
    expect(page.locator("#list-count")).not_to_contain_text("à corriger")
    camille.press(page.locator("#list-do button"))
    assert names(session) == ["Élodie MARTIN", "Hugo MOREAU", "François PETIT", "Gaelle ROUX"]

    # The same file again: everybody is there already.
    page.locator("#id_file").set_input_files(LISTS / "02-entreprise-export-excel.csv")
    camille.press("Read the list")
    expect(page.locator(".list-row").first).to_contain_text("déjà sur la liste")


def test_people_are_typed_one_after_the_other(cast: Cast, camille: Visitor) -> None:
    (session,) = plan(cast, cast.noor)
    camille.go(f"/sessions/{session.ref}/people/")
    keys = camille.page.keyboard
    camille.page.locator("[name=new-email]").first.focus()
    for email in ("zoe@valmont.example", "leo@valmont.example"):
        keys.type(email)
        for _ in range(3):
            keys.press("Tab")
    camille.press(camille.page.locator("#list-do button"))
    assert names(session) == ["leo@valmont.example", "zoe@valmont.example"]


def test_a_file_that_is_no_list_says_what_to_do(cast: Cast, camille: Visitor, tmp_path: Path) -> None:
    (session,) = plan(cast, cast.noor)
    file = tmp_path / "liste.pdf"
    file.write_bytes(b"%PDF-1.7")
    camille.go(f"/sessions/{session.ref}/people/")
    camille.page.locator("#id_text").fill("zoe@valmont.example")
    camille.page.locator("#id_file").set_input_files(file)
    camille.press("Read the list")
    camille.sees("Give CSV, Excel (.xlsx) or OpenDocument (.ods), or copy the lines and paste them.")
