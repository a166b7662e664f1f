"""Approved platforms (plateformes agréées): what takes invoices, and tells what becomes of them.

Two ways: a folder, from which a connector or SFTP takes files, and the flow service of AFNOR XP Z12-013, as published
in 2025. Platforms differ in details: try it on the sandbox of yours before you rely on it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final, Protocol, override
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener
from uuid import uuid4

from cordee.invoices.life_cycle import News, as_news, statuses_in
from cordee.kernel import clock
from cordee.kernel.whole import write_whole

_PATIENCE: Final = 30  # seconds
_LARGEST: Final = 5_000_000  # bytes of an answer
_PAGE: Final = 100
_EARLIER: Final = timedelta(hours=1)
"""News are asked for again that far back: clocks differ, and what is known is not kept twice."""


class NotReached(Exception):
    """The platform, or the folder, did not answer: later it may."""


class NotTaken(Exception):
    """The platform does not want this invoice; the message says what it answered."""


class Platform(Protocol):
    """Takes invoices, and tells what becomes of them."""

    def take(self, *, number: str, pdf: bytes) -> str:
        """Hand an invoice over; return what the platform calls it. Raises NotReached and NotTaken."""

    def news(self, since: datetime) -> Iterator[News]:
        """Give what was told since then, perhaps again. Raises NotReached."""


def platform_at(where: str, *, token_url: str = "", client: str = "", secret: str = "") -> Platform | None:
    """Return the platform of an address (https://…) or a folder; none where none is set."""
    if not where:
        return None
    if urlsplit(where).scheme in {"http", "https"}:
        return Service(where.rstrip("/"), token_url=token_url, client=client, secret=secret)
    return Folder(Path(where))


@dataclass(frozen=True, slots=True)
class Folder:
    """Invoices lie in `out`; what became of them is read from `in`: JSON with number, code, at, perhaps message."""

    root: Path

    def take(self, *, number: str, pdf: bytes) -> str:
        """Write the file whole or not at all: who takes files from here never sees half of one."""
        name = f"{number.replace('/', '-')}.pdf"
        out = self.root / "out"
        try:
            out.mkdir(parents=True, exist_ok=True)
            write_whole(out / name, pdf)
        except OSError as error:
            raise NotReached(f"{error.filename}: {error.strerror}") from error
        return name

    def news(self, since: datetime) -> Iterator[News]:  # noqa: ARG002 - what was read lies apart
        """Read what lies there, and put it into `in/read` once it is known; what is no news stays, to be seen."""
        try:
            for file in sorted((self.root / "in").glob("*.json")):
                if told := _told(file.read_bytes()):
                    yield told
                    (file.parent / "read").mkdir(exist_ok=True)
                    file.replace(file.parent / "read" / file.name)
        except OSError as error:
            raise NotReached(f"{error.filename}: {error.strerror}") from error


def _told(text: bytes) -> News | None:
    try:
        given = json.loads(text)
        at = datetime.fromisoformat(given["at"])
        code = str(given["code"])
        number, message = str(given["number"]), str(given.get("message", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return as_news(number=number, code=code, at=at, message=message)


class _NoRedirect(HTTPRedirectHandler):
    """Invoices and secrets go to the address that the operator set, and nowhere else."""

    @override
    def redirect_request(self, *_given: Any, **_more: Any) -> None:
        return None


@dataclass(slots=True)
class Service:
    """The flow service of XP Z12-013: POST /v1/flows and /v1/flows/search, GET /v1/flows/{id}; OAuth 2 for a client."""

    url: str
    token_url: str
    client: str
    secret: str
    _token: str = ""
    _token_until: datetime = field(default=datetime.min.replace(tzinfo=UTC))

    def take(self, *, number: str, pdf: bytes) -> str:
        """Send it as the flow of a purchase that the customer invoices; our number is the tracking id."""
        about = {
            "trackingId": number,
            "name": f"{number}.pdf",
            "processingRule": "B2B",
            "flowSyntax": "Factur-X",
            "flowProfile": "CIUS",
            "flowType": "SupplierInvoice",
            "sha256": sha256(pdf).hexdigest(),
        }
        body, kind = _form(about, pdf)
        answer = self._asked("/v1/flows", body, {"Content-Type": kind})
        return str(_json(answer).get("flowId", ""))

    def news(self, since: datetime) -> Iterator[News]:
        """Search the life-cycle messages that changed since then, and read each."""
        after = since - _EARLIER
        while True:
            wanted = {
                "where": {
                    "updatedAfter": after.isoformat(),
                    "flowType": ["SupplierInvoiceLC"],
                    "flowDirection": ["In"],
                },
                "limit": _PAGE,
            }
            answer = self._asked(
                "/v1/flows/search", json.dumps(wanted).encode(), {"Content-Type": "application/json"}
            )
            found = [flow for flow in _json(answer).get("results", []) if flow.get("flowId")]
            for flow in found:
                message = self._asked(f"/v1/flows/{quote(str(flow['flowId']), safe='')}?docType=Original")
                yield from statuses_in(message)
            last = max((_moment(flow.get("updatedAt", "")) for flow in found), default=after)
            if len(found) < _PAGE or last <= after:
                return
            after = last

    def _asked(self, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> bytes:
        given = {**(headers or {}), "Authorization": f"Bearer {self._bearer()}"}
        return _answer(Request(f"{self.url}{path}", data=body, headers=given))  # noqa: S310 - the operator's own setting

    def _bearer(self) -> str:
        now = clock.real_time()
        if now >= self._token_until:
            wanted = {
                "grant_type": "client_credentials",
                "client_id": self.client,
                "client_secret": self.secret,
            }
            told = _json(_answer(Request(self.token_url, data=urlencode(wanted).encode())))  # noqa: S310 - as above
            self._token = str(told.get("access_token", ""))
            seconds = told.get("expires_in", 0)
            self._token_until = now + timedelta(seconds=int(seconds) * 0.9 if str(seconds).isdigit() else 0)
        return self._token


def _answer(request: Request) -> bytes:
    """Return what is answered. Raises NotTaken for what is wrong with what was asked, NotReached for all else."""
    try:
        with build_opener(_NoRedirect).open(request, timeout=_PATIENCE) as answer:
            given: bytes = answer.read(_LARGEST)
    except HTTPError as error:
        said = f"{error.code} {error.read(300).decode(errors='replace')}".strip()
        if error.code in {400, 413, 415, 422}:
            raise NotTaken(said) from error
        raise NotReached(said) from error
    except (OSError, HTTPException) as error:
        raise NotReached(str(error)) from error
    return given


def _json(given: bytes) -> dict[str, Any]:
    try:
        told = json.loads(given)
    except ValueError as error:
        raise NotReached("no JSON") from error
    if not isinstance(told, dict):
        raise NotReached("no JSON object")
    return told


def _moment(text: object) -> datetime:
    """Return an instant; the first of all where it cannot be read."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _form(about: Mapping[str, str], pdf: bytes) -> tuple[bytes, str]:
    """Return a form with the two parts that the service asks for, and its kind."""
    border = uuid4().hex
    parts = (
        ('name="flowInfo"', "application/json", json.dumps(about).encode()),
        (f'name="file"; filename="{about["name"]}"', "application/pdf", pdf),
    )
    body = b"".join(
        f"--{border}\r\nContent-Disposition: form-data; {name}\r\nContent-Type: {kind}\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, kind, content in parts
    )
    return body + f"--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}"
