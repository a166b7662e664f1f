"""Three hundred people sign within the same minute: `python -m tests.load.signing`.

A real server on this machine, an empty house, one room full of people with a page of their own. Each opens it and
signs, at a moment of the minute that chance gives them (a fixed seed). What gets no answer is sent again, as a phone
does. With `--kill` the server is killed (SIGKILL) half-way and started again: what was confirmed must be there.
"""

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from benchmarks import serving
from benchmarks.mails import house
from benchmarks.places import DATABASES, ROOT, Database

PATIENCE = 15
MOST_TRIES = 60
CONFIRMED = {HTTPStatus.NO_CONTENT, HTTPStatus.FOUND}
STROKES = [[[10 * n, 50 + 37 * (n % 3), 12 * n] for n in range(60)]]
_HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|form_token)" value="([^"]+)"')


@dataclass(slots=True)
class Told:
    """What the phones saw."""

    seconds: list[float] = field(default_factory=list)
    """From the press of the button to the answer, of each signature that was answered at its first try."""
    opened: list[float] = field(default_factory=list)
    confirmed: set[str] = field(default_factory=set)
    again: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> int:
    """Run as asked; print the figures, and say by the exit code whether somebody was lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.signing", description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--workers", type=int, default=2, help="web processes")
    asked = parser.parse_args()
    good = True
    for database in asked.database or DATABASES:
        good &= _room(database, asked)
    return 0 if good else 1


def _room(database: Database, asked: argparse.Namespace) -> bool:
    with house(database) as environment:
        port = serving.free_port()
        environment |= {"PORT": str(port), "CORDEE_URL": f"http://127.0.0.1:{port}"}
        subprocess.run([ROOT / "cordee", "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
        pages = _inside(environment, "prepare", str(asked.people))
        told = Told()
        with _server(environment, port, asked.workers) as server:
            phones = _phones(pages, port, asked.seconds, told)
            if asked.kill:
                time.sleep(asked.seconds / 2)
                server.restart()
            for phone in phones:
                phone.join()
        counted = _inside(environment, "count")
    return _report(database, told, counted, asked)


def _inside(environment: dict[str, str], *arguments: str) -> Any:
    command = [sys.executable, "-m", "tests.load.room", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


class _Server:
    """The web processes of the house."""

    def __init__(self, environment: dict[str, str], port: int, workers: int) -> None:
        self._environment, self._port = environment, port
        self._command = [str(ROOT / "cordee"), "web", "--workers", str(workers)]
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            cwd=self._environment["CORDEE_HOME"],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        serving.wait_for(f"http://127.0.0.1:{self._port}/healthz", self._process)

    def restart(self) -> None:
        """Kill it as a machine that loses its power would, and start it again."""
        self.end(signal.SIGKILL)
        self._start()

    def end(self, how: int = signal.SIGTERM) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, how)
        self._process.wait(timeout=30)


@contextlib.contextmanager
def _server(environment: dict[str, str], port: int, workers: int) -> Iterator[_Server]:
    server = _Server(environment, port, workers)
    try:
        yield server
    finally:
        server.end()


def _phones(pages: list[str], port: int, seconds: float, told: Told) -> list[threading.Thread]:
    chance = random.Random(2027)  # noqa: S311 - a fixed seed
    start = time.monotonic()
    made = [
        threading.Thread(target=_sign, args=(page, port, start + chance.uniform(0, seconds), told))
        for page in pages
    ]
    for phone in made:
        phone.start()
    return made


def _sign(page: str, port: int, at: float, told: Told) -> None:
    """Be one person: open the page, sign, and send again what got no answer."""
    time.sleep(max(0, at - time.monotonic()))
    form, cookie = _open(page, port, told)
    signed = {"strokes": json.dumps(STROKES), "device_at": int(time.time() * 1000), "typed_name": ""}
    sent = urlencode(form | signed)
    for tries in range(MOST_TRIES):
        begun = time.monotonic()
        status, _headers, _body = _ask(port, "POST", page, sent, cookie, again=tries > 0)
        if status in CONFIRMED:
            with told.lock:
                told.confirmed.add(page)
                if tries == 0:
                    told.seconds.append(time.monotonic() - begun)
            return
        with told.lock:
            told.again += 1
        time.sleep(1)


def _open(page: str, port: int, told: Told) -> tuple[dict[str, str], str]:
    """Return the hidden fields of the page, and its cookie."""
    for _try in range(MOST_TRIES):
        begun = time.monotonic()
        status, headers, body = _ask(port, "GET", page)
        if status == HTTPStatus.OK:
            told.opened.append(time.monotonic() - begun)
            return dict(_HIDDEN.findall(body)), headers.get("Set-Cookie", "").split(";")[0]
        time.sleep(1)
    return {}, ""


def _ask(
    port: int, method: str, page: str, body: str = "", cookie: str = "", *, again: bool = False
) -> tuple[int, Any, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Cookie": cookie, "Origin": f"http://127.0.0.1:{port}", "User-Agent": "load"}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    if again:
        headers["Cordee-Kept"] = "1"
    try:
        line.request(method, page, body=body or None, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, {}, ""  # no answer
    finally:
        line.close()


def _report(database: str, told: Told, counted: dict[str, int], asked: argparse.Namespace) -> bool:
    lost = asked.people - len(told.confirmed)
    whole = counted["signatures"] == counted["people"] == len(told.confirmed) and not counted["twice"]
    name = f"{database}{', killed half-way' if asked.kill else ''}"
    print(f"{name}: {asked.people} people within {asked.seconds:.0f} s")
    print(f"  pages opened  {_spread(told.opened)}")
    print(f"  signatures    {_spread(told.seconds)}")
    print(
        f"  confirmed {len(told.confirmed)}, kept {counted['signatures']}, twice {counted['twice']}, ", end=""
    )
    print(f"present {counted['present']}, sent again {told.again}, lost {lost}")
    return whole and not lost


def _spread(seconds: list[float]) -> str:
    found = sorted(seconds) or [0.0]
    half, most, last = (1000 * found[min(len(found) - 1, int(part * len(found)))] for part in (0.5, 0.95, 1))
    return f"half in {half:.0f} ms, 95 % in {most:.0f} ms, all in {last:.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
