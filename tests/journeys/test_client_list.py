"""The client's contacts give the names, two at once, in real browsers; the coordinator sees it live."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from cordee.clients import actions as clients
from cordee.enrolment import actions, queries
from cordee.enrolment.models import Enrolment, ListRow
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from tests.cast import Cast
from tests.journeys.conftest import SIZES, Letterbox, Visitor, words
from tests.steps import ask_client, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MULTI = "Prénom\tNom\tE-mail\nLéo\tCaron\tleo@valmont.example\nInès\tFaure\tfaure@gmial.com\nMax\tGros\t"


@pytest.fixture
def session(cast: Cast) -> Session:
    first, _second = plan(cast, cast.camille, cast.noor, count=2)
    return first


def page_of(cast: Cast, number: int = 0) -> str:
    return f"/c/{queries.asked(cast.mission.pk)[number].token}/"


def table(visitor: Visitor) -> Locator:
    return visitor.page.locator("#names-rows")


def row_of(visitor: Visitor, value: str) -> Locator:
    """Return the row in which a field reads so."""
    return table(visitor).locator("tr", has=visitor.page.locator(f"input[value='{value}']"))


def free_row(visitor: Visitor) -> Locator:
    return table(visitor).locator("tr.new:not([data-dirty])").last


def poll(visitor: Visitor) -> None:
    """Look at what others did, without waiting for it."""
    with visitor.page.expect_response(lambda r: "/names/" in r.url):
        visitor.page.evaluate("document.getElementById('names-poll').dispatchEvent(new Event('poll'))")


def write(visitor: Visitor, email: str, first: str, last: str) -> None:
    """Type somebody into the free row as people do: field after field, Enter at the end."""
    free_row(visitor).locator("[name=email]").click()
    keyboard = visitor.page.keyboard
    keyboard.type(email)
    keyboard.press("Tab")
    keyboard.type(first)
    keyboard.press("Tab")
    keyboard.type(last)
    with visitor.page.expect_response(lambda r: r.request.method == "POST"):
        keyboard.press("Enter")


def focused(visitor: Visitor) -> str:
    return str(visitor.page.evaluate("document.activeElement.closest('tr')?.id ?? ''"))


@pytest.fixture
def sophie(cast: Cast, session: Session, visit: Callable[..., Visitor], letterbox: Letterbox) -> Visitor:
    ask_client(cast)
    return visit()


@pytest.fixture
def paul(cast: Cast, session: Session, sophie: Visitor, visit: Callable[..., Visitor]) -> Visitor:
    """Another contact, on a phone, at the same list as Sophie."""
    paul_roux = clients.add_contact(
        client_id=cast.valmont.pk,
        first_name="Paul",
        last_name="Roux",
        email="p.roux@mairie-valmont.example",
        by=COMMAND,
    )
    ask_client(cast, paul_roux)
    visitor = visit()
    visitor.page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
    visitor.go(f"{page_of(cast, 1)}{session.ref}/")
    sophie.go(page_of(cast))
    sophie.press(sophie.page.locator("main h2 a").first)
    return visitor


def enter(visitor: Visitor, status: int = 200) -> None:
    """Press Enter in a row, and wait for what becomes of it."""
    with visitor.page.expect_response(lambda r: r.request.method == "POST" and r.status == status):
        visitor.page.keyboard.press("Enter")


def names(session: Session) -> list[str]:
    return [e.participant.full_name for e in queries.enrolments(session.pk)]


def test_two_contacts_type_at_once_and_take_nothing_from_each_other(
    session: Session, sophie: Visitor, paul: Visitor
) -> None:
    free_row(paul).locator("[name=email]").click()
    paul.page.keyboard.type("bo@valm")
    write(sophie, "ana@valmont.example", "Ana", "Ba")
    assert focused(sophie).startswith("new-"), "on with the next row"
    expect(row_of(sophie, "ana@valmont.example").locator(".tag.done")).to_be_visible()
    poll(paul)
    expect(row_of(paul, "ana@valmont.example")).to_be_visible()
    paul.page.keyboard.type("ont.example")
    mine = table(paul).locator("tr[data-dirty] [name=email]")
    expect(mine).to_have_value("bo@valmont.example")
    expect(mine).to_be_focused()
    paul.page.keyboard.press("Enter")
    expect(row_of(paul, "bo@valmont.example")).to_contain_text(words("to be completed"))
    assert ListRow.objects.get().email == "bo@valmont.example", "saved as typed, and on no list yet"
    paul.look()

    # Paul completes the row while Sophie is at it: she is told, and what she wrote is still there.
    poll(sophie)
    row_of(sophie, "bo@valmont.example").locator("[name=first_name]").fill("Bob")
    row_of(paul, "bo@valmont.example").locator("[name=first_name]").fill("Bo")
    row_of(paul, "bo@valmont.example").locator("[name=last_name]").fill("Cy")
    enter(paul)
    expect(row_of(paul, "bo@valmont.example").locator(".tag.done")).to_be_visible()
    enter(sophie, status=422)
    sophie.sees("Somebody else completed this row or took it away meanwhile.")
    kept = table(sophie).locator("tr.refused")
    expect(kept.locator("[name=first_name]")).to_have_value("Bob")
    kept.locator("button.remove").click()
    expect(kept).to_have_count(0)
    assert names(session) == ["Ana Ba", "Bo Cy"]


def test_both_change_one_person_and_the_second_decides(
    session: Session, sophie: Visitor, paul: Visitor
) -> None:
    write(sophie, "ana@valmont.example", "Ana", "Ba")
    poll(paul)
    mine, theirs = (row_of(who, "ana@valmont.example") for who in (sophie, paul))
    mine.locator("[name=first_name]").fill("Annie")
    theirs.locator("[name=first_name]").fill("Anna")
    enter(paul)
    enter(sophie, status=422)
    expect(mine).to_contain_text("Anna Ba <ana@valmont.example>")
    expect(mine.locator("[name=first_name]")).to_have_value("Annie")
    sophie.look()
    mine.get_by_role("link", name=words("Keep theirs")).click()
    expect(mine.locator("[name=first_name]")).to_have_value("Anna")
    assert names(session) == ["Anna Ba"]


def test_the_coordinator_looks_on_and_refuses_one(
    cast: Cast, session: Session, sophie: Visitor, paul: Visitor, visit: Callable[..., Visitor]
) -> None:
    camille = visit(cast.camille.user)
    looks: list[str] = []
    camille.page.on("request", lambda r: looks.append(r.url) if "/people/now/" in r.url else None)
    camille.page.clock.install()
    camille.go(f"/sessions/{session.ref}/")
    write(sophie, "bo@valmont.example", "Bo", "Cy")
    camille.page.clock.run_for(6_000)
    expect(camille.page.locator("#people")).to_contain_text("Bo Cy")
    camille.page.clock.fast_forward(30 * 60_000)
    seen = len(looks)
    camille.page.clock.run_for(60_000)
    assert len(looks) == seen, "nobody is at it any more: nothing is looked at again"
    expect(camille.page.locator("#people")).to_contain_text(words("given by the client"))
    bo = Enrolment.objects.get()
    camille.go(f"/sessions/{session.ref}/people/{bo.pk}/")
    camille.press(camille.page.get_by_role("link", name=words("Refuse…")))
    camille.page.locator("[name=reason]").fill("Il était à la session de mai.")
    camille.press("Refuse")
    poll(sophie)
    sophie.reads("Il était à la session de mai.")
    expect(row_of(sophie, "bo@valmont.example")).to_have_count(0)
    sophie.look()
    camille.go(f"/missions/{cast.mission.ref}/names/")


def test_lines_pasted_into_a_row_and_corrected(cast: Cast, session: Session, sophie: Visitor) -> None:
    sophie.go(f"{page_of(cast)}{session.ref}/")
    page = sophie.page
    free_row(sophie).locator("[name=email]").click()
    with page.expect_response(lambda r: r.request.method == "POST"):
        page.evaluate(
            """text => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", text);
                document.activeElement.dispatchEvent(
                    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }""",
            MULTI,
        )
    expect(row_of(sophie, "leo@valmont.example").locator(".tag.done")).to_be_visible()
    expect(page.locator("#names-text")).to_have_value("")
    sophie.look()

    with page.expect_response(lambda r: r.request.method == "POST"):
        row_of(sophie, "faure@gmial.com").get_by_role("button", name="faure@gmail.com").click()
    expect(row_of(sophie, "faure@gmail.com").locator(".tag.done")).to_be_visible()
    with page.expect_response(lambda r: r.request.method == "POST"):
        row_of(sophie, "Max").get_by_role("button", name=words("No e-mail: put on the list anyway")).click()
    expect(row_of(sophie, "Max").locator(".tag")).to_contain_text(words("on the list, no e-mail"))
    assert names(session) == ["Léo Caron", "Inès Faure", "Max Gros"]


def test_a_file_then_a_correction_then_the_end(
    session: Session, sophie: Visitor, cast: Cast, now: Any, tmp_path: Path
) -> None:
    sophie.go(f"{page_of(cast)}{session.ref}/")
    page = sophie.page
    given = tmp_path / "liste.csv"
    given.write_text("Nom;Prénom;Courriel\nNoir;Zoé;zoe@valmont.example\nCaron;Léo;leo@valmont.example\n")
    page.locator("#names-file").set_input_files(given)
    with page.expect_response(lambda r: r.request.method == "POST"):
        sophie.button("Add to the list").click()
    expect(row_of(sophie, "zoe@valmont.example").locator(".tag.done")).to_be_visible()
    sophie.look()

    # A name corrected, somebody taken off and put back.
    row_of(sophie, "zoe@valmont.example").locator("[name=first_name]").fill("Zoée")
    with page.expect_response(lambda r: r.request.method == "POST"):
        page.locator("#names-text").click()
    expect(row_of(sophie, "Zoée")).to_be_visible()
    with page.expect_response(lambda r: r.request.method == "POST"):
        row_of(sophie, "Zoée").locator("button.remove").click()
    expect(page.locator("#off")).to_contain_text("Zoée Noir")
    sophie.press(page.locator("#off button").first)
    expect(row_of(sophie, "Zoée")).to_be_visible()

    # Midnight comes while somebody is typing: the page closes around what is typed, and says whom to tell.
    free_row(sophie).locator("[name=email]").click()
    page.keyboard.type("tard@valmont.example")
    now.move_to("2027-01-13 00:01")
    poll(sophie)
    expect(table(sophie).locator("tr[data-dirty] [name=email]")).to_have_value("tard@valmont.example")
    with page.expect_response(lambda r: r.status == 422):
        page.keyboard.press("Enter")
    sophie.sees("This list is closed: the session is near.")
    sophie.go(f"{page_of(cast)}{session.ref}/")
    sophie.sees("This list can no longer be changed here")
    assert page.locator("main input:not([type=hidden])").count() == 0
    assert names(session) == ["Léo Caron", "Zoée Noir"]


def test_a_shared_mailbox_is_pointed_out_and_the_page_says_what_became_of_each_line(
    cast: Cast, session: Session, sophie: Visitor
) -> None:
    sophie.go(f"{page_of(cast)}{session.ref}/")
    page = sophie.page
    people = (
        "Ana Ba <accueil@valmont.example>",
        "Bo Cy <accueil@valmont.example>",
        "Ana Ba <accueil@valmont.example>",
    )
    page.locator("#names-text").fill("\n".join(people))
    with page.expect_response(lambda r: r.request.method == "POST"):
        sophie.button("Add to the list").click()
    sophie.sees(
        "%(email)s is also the address of %(names)s.", email="accueil@valmont.example", names="Ana Ba"
    )
    sophie.sees("What became of each line")
    sophie.sees("twice: see line %(line)s", line=1)
    sophie.look()
    with page.expect_response(lambda r: r.request.method == "POST"):
        row_of(sophie, "Bo").get_by_role("button", name=words("Same mailbox, all right")).click()
    expect(row_of(sophie, "Bo").locator(".remarks")).to_have_count(0)
    sophie.go(f"{page_of(cast)}{session.ref}/")
    expect(page.locator(".remarks")).to_have_count(0)
    sophie.sees("What became of each line")
    assert names(session) == ["Ana Ba", "Bo Cy"]


def test_a_link_ended_while_somebody_types_takes_nothing_from_them(
    cast: Cast, session: Session, sophie: Visitor
) -> None:
    sophie.go(f"{page_of(cast)}{session.ref}/")
    free_row(sophie).locator("[name=email]").click()
    sophie.page.keyboard.type("ana@valmont.example")
    (asked,) = queries.asked(cast.mission.pk)
    actions.revoke_link(invitation_id=asked.invitation.pk, by=COMMAND)
    enter(sophie, status=410)
    sophie.sees("This link no longer works")
    expect(table(sophie).locator("tr[data-dirty] [name=email]")).to_have_value("ana@valmont.example")
    expect(table(sophie).locator("tr[data-dirty] [name=email]")).to_be_editable()
    sophie.look()


def test_without_a_script_every_row_has_its_button(
    cast: Cast, session: Session, sophie: Visitor, browser: Any
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    address = f"{sophie.base_url}{page_of(cast)}{session.ref}/"
    page.goto(address)
    row = page.locator("tr.new")
    row.locator("[name=email]").fill("ana@valmont.example")
    row.locator("[name=last_name]").fill("Ba")
    row.get_by_role("button", name=words("Save")).click()
    saved = page.locator("tr.name:not(.new)")
    saved.locator("[name=first_name]").fill("Ana")
    saved.locator("[name=first_name]").press("Enter")
    assert [e.participant.full_name for e in queries.enrolments(session.pk)] == ["Ana Ba"]
    row.locator("[name=email]").fill("bo@@valmont")
    row.locator("[name=email]").press("Enter")
    page.get_by_text("bo@@valmont").first.wait_for()
    assert ListRow.objects.count() == 1
    context.close()
