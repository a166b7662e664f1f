"""Joining instructions after an import: a real worker, a real mail server, and a kill in the middle of it."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.house import PATIENCE, House
from tests.mail.post_office import PostOffice, open_for_business

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="they keep their data in a folder of their own"
)
ROOT = Path(__file__).resolve().parents[2]


class Murderous(PostOffice):
    """Kills who delivers, while it takes the message to one address or just after it took it."""

    def __init__(self) -> None:
        super().__init__()
        self.victim = 0
        self.while_taking = self.after_taking = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if address == self.while_taking:
            self._kill()
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        answer = await super().handle_DATA(server, session, envelope)
        if self.after_taking in envelope.rcpt_tos:
            self._kill()
        return answer

    def _kill(self) -> None:
        self.while_taking = self.after_taking = ""
        os.kill(self.victim, signal.SIGKILL)

    @property
    def joining(self) -> Counter[str]:
        """How often each participant got something."""
        return Counter(address for address in self.recipients if address.endswith("@client.example"))


@pytest.fixture
def office() -> Iterator[tuple[Murderous, str]]:
    office = Murderous()
    with open_for_business(office) as (_opened, how):
        yield office, f"smtp://127.0.0.1:{how['port']}?tls=0"


def after_an_import(home: Path, smtp_url: str, how_many: int) -> House:
    house = House(home, SMTP_URL=smtp_url)
    assert house.run("migrate") == 0, house.said
    environment = house.environment | {
        "DJANGO_SETTINGS_MODULE": "cordee.config.settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
    }
    command = [sys.executable, "-m", "benchmarks.imported", str(how_many)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return house


def test_killed_half_way_and_started_again_everybody_gets_theirs_once(
    tmp_path: Path, office: tuple[Murderous, str]
) -> None:
    server, smtp_url = office
    with after_an_import(tmp_path, smtp_url, 300) as house:
        server.while_taking = "p150@client.example"
        worker = house.start("worker")
        server.victim = worker.pid
        assert worker.wait(PATIENCE) == -signal.SIGKILL
        assert 0 < len(server.joining) < 300
        for _worker in range(2):  # two at once, as on two machines
            house.start("worker")
        house.wait(lambda: len(server.joining) == 300)
    assert set(server.joining.values()) == {1}
    assert len({mail["Message-ID"] for mail in server.received}) == len(server.received)


def test_the_one_moment_that_nobody_can_exclude_is_seen_by_its_message_id(
    tmp_path: Path, office: tuple[Murderous, str]
) -> None:
    """Killed when the server has the message and the house does not know it: it comes twice, as the same one."""
    server, smtp_url = office
    with after_an_import(tmp_path, smtp_url, 5) as house:
        server.after_taking = "p2@client.example"
        worker = house.start("worker")
        server.victim = worker.pid
        assert worker.wait(PATIENCE) == -signal.SIGKILL
        house.start("worker")
        house.wait(lambda: server.joining.total() == 6)
    assert server.joining["p2@client.example"] == 2
    twice = [mail for mail in server.received if "p2@client.example" in str(mail["To"])]
    assert len({mail["Message-ID"] for mail in twice}) == 1
    assert max(Counter(mail["Message-ID"] for mail in server.received).values()) == 2
