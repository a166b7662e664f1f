"""A real SMTP server on loopback, that refuses what it is told to refuse."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from email.message import EmailMessage


class PostOffice:
    """Keeps what it was sent; answers some recipients with an error, or hangs up on them."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refuses: dict[str, str] = {}
        self.hangs_up_after: int | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.hangs_up_after is not None and len(self.received) >= self.hangs_up_after:
            self.hangs_up_after = None
            server.transport.close()
            return "421 Closing"
        self.recipients += envelope.rcpt_tos
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@contextmanager
def open_for_business(office: PostOffice | None = None) -> Iterator[tuple[PostOffice, dict[str, Any]]]:
    """Give the office and the settings by which mail reaches it."""
    office = office or PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        yield office, {"host": "127.0.0.1", "port": controller.port, "timeout": 10}
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
