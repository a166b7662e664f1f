"""A platform that answers as one: OAuth 2, POST /v1/flows, POST /v1/flows/search, GET /v1/flows/{id}."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, override
from urllib.parse import parse_qs, unquote, urlsplit

CDAR = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossDomainAcknowledgementAndResponse
  xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:100"
  xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
  xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
  <rsm:AcknowledgementDocument>
    <ram:IssueDateTime><udt:DateTimeString format="204">{at}</udt:DateTimeString></ram:IssueDateTime>
    <ram:ReferenceReferencedDocument>
      <ram:IssuerAssignedID>{number}</ram:IssuerAssignedID>
      <ram:ProcessConditionCode>{code}</ram:ProcessConditionCode>
      <ram:SpecifiedDocumentStatus><ram:Reason>{reason}</ram:Reason></ram:SpecifiedDocumentStatus>
    </ram:ReferenceReferencedDocument>
  </rsm:AcknowledgementDocument>
</rsm:CrossDomainAcknowledgementAndResponse>"""


@dataclass
class Double:
    """What it was sent, and what it has to tell."""

    url: str = ""
    token: str = "t-1"
    tokens_given: int = 0
    taken: dict[str, tuple[dict[str, Any], bytes]] = field(default_factory=dict)
    """By our number: what was said of the flow, and the file."""
    messages: dict[str, tuple[datetime, bytes]] = field(default_factory=dict)
    answers: list[int] = field(default_factory=list)
    """What it answers next to a flow, in place of taking it."""
    down: bool = False

    def tell(self, number: str, code: str, at: str, reason: str = "") -> None:
        """Have a life-cycle message to be found, a minute after the one before."""
        told = CDAR.format(number=number, code=code, at=at, reason=reason).encode()
        when = datetime(2027, 1, 4, 11, tzinfo=UTC) + timedelta(minutes=len(self.messages))
        self.messages[f"lc/{len(self.messages)}"] = (when, told)


@contextmanager
def running() -> Iterator[Double]:
    """Run the double on this machine."""
    double = Double()

    class Handler(_Handler):
        platform = double

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        double.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield double
        server.shutdown()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    platform: Double
    wbufsize = 65_536  # head and body in one piece, else each answer takes a twentieth of a second

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/token":
            self._give_token(body)
        elif self._may():
            if self.path == "/v1/flows":
                self._take(body)
            elif self.path == "/v1/flows/search":
                self._search(json.loads(body))
            else:
                self._answer(404, {})

    def do_GET(self) -> None:
        if self._may():
            path = urlsplit(self.path)
            flow = unquote(path.path.removeprefix("/v1/flows/"))
            if parse_qs(path.query)["docType"] == ["Original"] and flow in self.platform.messages:
                self._answer(200, self.platform.messages[flow][1])
            else:
                self._answer(404, {"errorCode": "MISSING_RESOURCE"})

    def _give_token(self, body: bytes) -> None:
        asked = {name: value for name, (value,) in parse_qs(body.decode()).items()}
        known = {"grant_type": "client_credentials", "client_id": "cordee", "client_secret": "s3cret"}
        self.platform.tokens_given += asked == known
        self._answer(
            *(
                (200, {"access_token": self.platform.token, "expires_in": 600})
                if asked == known
                else (401, {})
            )
        )

    def _may(self) -> bool:
        if self.platform.down:
            self._answer(503, {})
        elif self.headers["Authorization"] != f"Bearer {self.platform.token}":
            self._answer(401, {})
        else:
            return True
        return False

    def _take(self, body: bytes) -> None:
        if self.platform.answers:
            self._answer(self.platform.answers.pop(0), {"errorCode": "INVALID", "errorMessage": "unreadable"})
            return
        form = message_from_bytes(f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode() + body)
        parts = {part.get_param("name", header="content-disposition"): part for part in form.get_payload()}  # type: ignore[union-attr]
        about = json.loads(parts["flowInfo"].get_payload(decode=True))  # type: ignore[arg-type, union-attr]
        self.platform.taken[about["trackingId"]] = (about, parts["file"].get_payload(decode=True))  # type: ignore[union-attr]
        self._answer(202, {"flowId": f"flow-{len(self.platform.taken)}", "trackingId": about["trackingId"]})

    def _search(self, asked: dict[str, Any]) -> None:
        after = datetime.fromisoformat(asked["where"]["updatedAfter"])
        assert asked["where"]["flowType"] == ["SupplierInvoiceLC"]
        found = sorted((at, flow) for flow, (at, _message) in self.platform.messages.items() if at > after)
        results = [
            {"flowId": flow, "flowSyntax": "CDAR", "updatedAt": at.isoformat()}
            for at, flow in found[: asked["limit"]]
        ]
        self._answer(200, {"limit": asked["limit"], "results": results})

    def _answer(self, code: int, told: dict[str, Any] | bytes) -> None:
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, *_given: Any) -> None:
        """Say nothing."""
