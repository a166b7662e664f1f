"""What a registry knows of the locked versions, asked of one that stands on loopback."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from tools import vulnerabilities

LOCKED = """asgiref==3.9.1 \\
    --hash=sha256:00
django-storages[s3]==1.14.6 ; python_full_version >= '3.12' \\
    --hash=sha256:00
"""


class Registry(BaseHTTPRequestHandler):
    """Answers with what is known, and remembers what it was asked."""

    known: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body = json.dumps({"vulnerabilities": self.known.get(self.path.split("/")[2], [])}).encode()
        self.send_response(404 if "nowhere" in self.path else 200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[type[Registry]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    Thread(target=server.serve_forever, daemon=True).start()
    lock = tmp_path / "some.lock"
    lock.write_text(LOCKED)
    monkeypatch.setattr(vulnerabilities, "LOCK", lock)
    monkeypatch.setattr(vulnerabilities, "STAMP", tmp_path / "stamp")
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://127.0.0.1:{server.server_port}/simple/")
    Registry.known, Registry.asked = {}, []
    yield Registry
    server.shutdown()
    server.server_close()


def test_nothing_known_is_fine_and_each_version_was_asked_for(registry: type[Registry], capsys: Any) -> None:
    assert vulnerabilities.main() == 0
    assert set(registry.asked) == {"/pypi/asgiref/3.9.1/json", "/pypi/django-storages/1.14.6/json"}
    assert capsys.readouterr().out.strip() == ""


def test_what_is_known_fails_with_the_version_that_mends_it(registry: type[Registry], capsys: Any) -> None:
    registry.known = {
        "asgiref": [{"id": "PYSEC-2026-1", "fixed_in": ["3.9.2"], "withdrawn": None}],
        "django-storages": [{"id": "PYSEC-2026-2", "fixed_in": [], "withdrawn": "2026-01-01T00:00:00Z"}],
    }
    assert vulnerabilities.main() == 1
    assert capsys.readouterr().out.strip() == "asgiref 3.9.1: PYSEC-2026-1 (mended in 3.9.2)"


def test_where_no_registry_answers_it_is_said_and_nothing_fails(
    registry: type[Registry], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    assert vulnerabilities.main() == 0
    assert capsys.readouterr().out == "not looked up: no registry answers\n"


def test_no_host_stands_in_the_code() -> None:
    assert "://" not in Path(vulnerabilities.__file__).read_text().replace('f"{registry}/', "")


def test_the_same_day_it_is_asked_for_again_only_when_wanted_or_for_other_versions(
    registry: type[Registry],
) -> None:
    assert vulnerabilities.main() == 0
    registry.asked.clear()
    assert vulnerabilities.main() == 0
    assert registry.asked == []
    assert vulnerabilities.main(["--now"]) == 0
    assert registry.asked
    registry.asked.clear()
    vulnerabilities.LOCK.write_text(LOCKED.replace("3.9.1", "3.9.0"))
    assert vulnerabilities.main() == 0
    assert "/pypi/asgiref/3.9.0/json" in registry.asked


def test_a_known_fault_is_told_at_every_run(registry: type[Registry]) -> None:
    registry.known = {"asgiref": [{"id": "PYSEC-2026-1", "fixed_in": [], "withdrawn": None}]}
    assert [vulnerabilities.main(), vulnerabilities.main()] == [1, 1]
