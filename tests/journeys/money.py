"""Steps that journeys of money share."""

import re
from email.message import EmailMessage
from pathlib import Path

from cordee.fees.models import FeeRequest
from cordee.payments.models import Batch
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.journeys.conftest import Visitor, words
from tests.steps import accept_sheets, hold, plan

DUE = "2027-02-15 09:00"
"""A Monday on which everything of January is due."""


def link_in(message: EmailMessage, path: str) -> str:
    body = message.get_body(("plain",))
    assert body
    found = re.search(rf"https?://[^/]+(/{path}/\S+)", str(body.get_content()))
    assert found, body.get_content()
    return found[1]


def held_session(cast: Cast, now: MovableClock) -> None:
    (session,) = plan(cast, cast.noor)
    hold(cast, now, session)
    accept_sheets(cast, session)


def asked_and_approved(cast: Cast, camille: Visitor, farid: Visitor) -> None:
    camille.go(f"/missions/{cast.mission.ref}/fees/")
    camille.press("Ask for these fees")
    farid.go(f"/fees/{FeeRequest.objects.get().ref}/")
    farid.press("Approve")


def paid_by_two(farid: Visitor, fanny: Visitor, amount: str) -> None:
    """Prepare a batch, have it approved by the second person, take its file, and say that the bank has paid."""
    farid.go("/payments/")
    farid.reads(amount)
    farid.press("Prepare the batch")
    farid.sees("Somebody else has to approve what you prepared")
    fanny.go(f"/payments/{Batch.objects.get().ref}/")
    fanny.press("Approve")
    with fanny.page.expect_download() as download:
        fanny.button("File for the bank").click()
    assert b"pain.001.001.09" in Path(download.value.path()).read_bytes()
    fanny.go(f"/payments/{Batch.objects.get().ref}/")
    fanny.press("Mark as executed")
    fanny.reads(words("executed"))
