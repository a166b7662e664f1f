"""A certificate from presence to the mail, the public page that confirms it, and its end when presence is corrected."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest

from cordee.certificates.models import Certificate
from cordee.mail.models import Message
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Letterbox, Visitor, work
from tests.steps import AFTER, confirm, enrol, plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def presence(visitor: Visitor, session: Session, **states: str) -> None:
    """Record who was there, and what of Ana is said: present, late, absent."""
    visitor.go(f"/sessions/{session.ref}/presence/")
    visitor.page.locator("[data-set-all]").first.click()
    for name, state in states.items():
        row = visitor.page.locator("main tr, main .person, main fieldset", has_text=name).last
        row.locator(f"input[value={state}]").first.check(force=True)
    visitor.press("Record the presence")


@pytest.fixture
def session(cast: Cast, now: MovableClock) -> Session:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    now.move_to(AFTER)
    return session


def an_hour_later(now: MovableClock) -> None:
    """Let the worker do its work, and what waits an hour leave."""
    now.at += timedelta(hours=1)
    work()


def test_who_was_there_gets_a_certificate_and_nobody_else(
    cast: Cast, session: Session, now: MovableClock, visit: Callable[..., Visitor], letterbox: Letterbox
) -> None:
    noor = visit(cast.noor.user)
    presence(noor, session, Bo="absent")
    an_hour_later(now)
    (certificate,) = Certificate.objects.filter(kind="participation")
    assert certificate.content["person"].startswith("Ana")
    (mail,) = Message.objects.filter(purpose="certificate", state="sent")
    assert mail.to_email == "ana@valmont.example"
    assert any("/p/" in str(m.get_body(("plain",))) for m in letterbox.to(mail.to_email))

    own = next(line for line in mail.text.split() if "/p/" in line)
    own = own[own.index("/p/") :]
    participant = visit(None)
    participant.go(own)
    answer = participant.page.context.request.get(f"{participant.base_url}{own}certificate/")
    assert answer.ok
    with pypdfium2.PdfDocument(BytesIO(answer.body())) as pdf:
        assert certificate.number in pdf[0].get_textpage().get_text_range()


def test_a_funder_checks_it_until_presence_is_corrected(
    cast: Cast, session: Session, now: MovableClock, visit: Callable[..., Visitor], letterbox: Letterbox
) -> None:
    noor, funder = visit(cast.noor.user), visit(None)
    presence(noor, session)
    an_hour_later(now)
    certificate = Certificate.objects.get(kind="participation", content__person__startswith="Ana")
    funder.go(f"/v/{certificate.code}/")
    funder.sees("This certificate is valid")
    funder.reads(certificate.number)
    assert "ana@valmont.example" not in funder.page.content(), "no more than is printed"

    presence(noor, session, Ana="absent")
    an_hour_later(now)
    funder.go(f"/v/{certificate.code}/")
    funder.sees("This certificate is no longer valid: it was revoked")
    last = Message.objects.filter(to_email="ana@valmont.example").latest("pk")
    assert (last.purpose, last.state) == ("certificate_revoked", "sent")

    presence(noor, session)
    an_hour_later(now)
    new = Certificate.objects.filter(kind="participation", content__person__startswith="Ana").latest("pk")
    assert new.number != certificate.number
    funder.go(f"/v/{new.code}/")
    funder.sees("This certificate is valid")
