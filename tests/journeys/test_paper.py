"""From paper to presence: a printed sheet is signed, photographed, deposited, compared with the photo, confirmed."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from cordee.attendance import queries as attendance
from cordee.deposits import actions
from cordee.deposits.models import DepositedFile
from cordee.documents.actions import print_sheets
from cordee.documents.models import PrintedSheet
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Visitor, words
from tests.steps import AFTER, confirm, enrol, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DPI = 200
MM = DPI / 25.4


def photo_of(session: Session, *signed: int, turned: float = 0.0) -> bytes:
    """Print the sheet of a session, sign in these rows (from 0; the last is the facilitator’s), take a photo of it."""
    printed = print_sheets(sessions=[session], by=COMMAND)
    with pypdfium2.PdfDocument(printed.content) as pdf:
        paper = pdf[0].render(scale=DPI / 72).to_pil().convert("RGB")
    pen = ImageDraw.Draw(paper)
    page = PrintedSheet.objects.get(session=session).layout[0]
    for row in signed:
        _kind, _index, top, height = page["rows"][row]
        left, width = page["columns"][0]
        for part in range(3):
            sign(pen, (left + width * (0.2 + part * 0.2), top + height / 2), height * 0.35)
    desk = Image.new("RGB", (paper.width + 240, paper.height + 240), (96, 84, 70))
    desk.paste(paper, (120, 120))
    written = BytesIO()
    desk.rotate(turned, fillcolor=(96, 84, 70), resample=Image.Resampling.BICUBIC).save(
        written, "JPEG", quality=85
    )
    return written.getvalue()


def sign(pen: ImageDraw.ImageDraw, middle: tuple[float, float], size: float) -> None:
    """Draw a flourish around a place, in mm."""
    x, y = middle[0] * MM, middle[1] * MM
    reach = size * MM
    points = [
        (x - reach, y + reach * 0.6),
        (x - reach * 0.4, y - reach),
        (x, y + reach * 0.8),
        (x + reach * 0.5, y - reach * 0.5),
        (x + reach, y + reach * 0.3),
    ]
    pen.line(points, fill=(24, 40, 120), width=4, joint="curve")


def test_from_the_printed_sheet_to_presence(
    cast: Cast, now: MovableClock, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    photo = photo_of(session, 0, 2, -1, turned=183.0)  # Ana, the first free line, Noor
    taken = tmp_path / "IMG_0042.jpg"
    taken.write_bytes(photo)
    now.move_to(AFTER)

    noor = visit(cast.noor.user)
    noor.go(f"/D/{session.ref}/1/1")
    noor.page.locator("input[name=scans]").set_input_files(taken)
    noor.press("Deposit")
    noor.sees("You can leave this page: it goes on without you.")
    actions.read_left()
    noor.page.reload()
    noor.look()
    noor.sees("Everything is read.")
    noor.follow("Begin")

    free = noor.page.locator("section.line", has_text=words("Free line %(n)d", n=3))
    free.locator("input[name^=first_name]").fill("Zoé")
    free.locator("input[name^=last_name]").fill("Petit")
    signed = ("Ana", "Noor", words("Free line %(n)d", n=3))
    for line in noor.page.locator("section.line").filter(has=noor.page.locator("[data-box]")).all():
        if line.is_visible():
            said = "signed" if any(name in line.inner_text() for name in signed) else "empty"
            for box in line.locator("[data-box]").all():
                box.locator(f"input[value={said}]").check(force=True)
    noor.press("Confirm the page")
    noor.sees("Nothing is left to do here.")

    half_day = session.half_days.get().pk
    marks = attendance.grid(session.pk)
    found = {e.participant.first_name: marks[e.pk, half_day] for e in enrolment.enrolments(session.pk)}
    assert found == {"Ana": "present", "Bo": "absent", "Zoé": "present"}
    noor.go(f"/sessions/{session.ref}/presence/")
    assert Enrolment.objects.get(participant__first_name="Zoé").source == "walk_in"


def test_what_cannot_be_read_is_filed_by_hand(
    cast: Cast, now: MovableClock, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    now.move_to(AFTER)
    dark = tmp_path / "dark.png"
    Image.new("RGB", (900, 1200), (40, 38, 36)).save(dark)

    camille = visit(cast.camille.user)
    camille.go(f"/missions/{cast.mission.ref}/signed-sheets/")
    camille.page.locator("input[name=scans]").set_input_files(dark)
    camille.press("Deposit")
    actions.read_left()
    camille.page.reload()
    camille.follow("Begin")
    camille.sees("Which session is it?")
    camille.press(camille.page.locator(f"main a[href='?session={session.ref}']"))
    camille.page.locator("tbody input[type=checkbox]").first.check()
    camille.press("File the page")
    marks = attendance.grid(session.pk)
    assert sorted(marks.values()) == ["absent", "present"]


def test_the_keyboard_alone_is_enough(
    cast: Cast, now: MovableClock, visit: Callable[..., Visitor], tmp_path: Path, size: str
) -> None:
    if size == "phone":
        pytest.skip("a phone has no keys")
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    taken = tmp_path / "sheet.jpg"
    taken.write_bytes(photo_of(session, 0))
    now.move_to(AFTER)
    noor = visit(cast.noor.user)
    noor.go("/my/signed-sheets/")
    noor.page.locator("input[name=scans]").set_input_files(taken)
    noor.press("Deposit")
    actions.read_left()
    noor.page.reload()
    noor.follow("Begin")
    noor.page.locator("section.line", has_text="Ana").locator("input[value=signed]").focus()
    noor.page.keyboard.press("ArrowDown")
    noor.page.keyboard.press("ArrowLeft")  # from empty to signed
    noor.page.keyboard.press("Enter")
    for _ in noor.page.locator(".unsure [data-box]").all():
        noor.page.keyboard.press("Space")
        noor.page.keyboard.press("Enter")
    with noor.page.expect_event("load"):
        noor.page.keyboard.press("Enter")
    marks = attendance.grid(session.pk)
    assert sorted(marks.values()) == ["present", "present"]


def test_photos_taken_one_after_the_other_are_one_deposit(
    cast: Cast, now: MovableClock, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    now.move_to(AFTER)
    noor = visit(cast.noor.user)
    noor.go(f"/sessions/{session.ref}/signed-sheets/")
    camera, gathered = noor.page.locator("input[name=photo]"), noor.page.locator(".gathered:visible li")
    for grey in (30, 60, 90):
        taken = tmp_path / f"{grey}" / "image.jpg"  # phones give every photo the same name
        taken.parent.mkdir()
        Image.new("RGB", (900, 1200 + grey), (grey, grey, grey)).save(taken)
        camera.set_input_files(taken)
    expect(gathered).to_have_count(3)
    noor.sees("Take one more photo")
    noor.look()
    gathered.nth(1).get_by_role("button").click()
    expect(gathered).to_have_count(2)
    noor.cut_off = True
    noor.page.context.set_offline(True)
    noor.button("Deposit").click()
    noor.sees("No network: nothing was sent, and nothing is lost.")
    noor.page.context.set_offline(False)
    expect(gathered).to_have_count(2)
    noor.press("Deposit")
    sizes = sorted(DepositedFile.objects.values_list("stored__size", flat=True))
    assert len(sizes) == 2, "each in its turn, and one was taken out"
