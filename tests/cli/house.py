"""Real processes of Cordée, on a port and in a folder of their own."""

import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Self

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

PATIENCE = 240
CSRF = "a" * 32
ROOT = Path(__file__).parents[2]
CAMILLE = "camille.rousset@cordee.example"


class House:
    """A folder, a port, and the processes started there."""

    def __init__(self, home: Path, **environment: str) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.home = home
        self.log = home / "log"
        self.processes: list[subprocess.Popen[bytes]] = []
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("CORDEE_", "DJANGO_"))}
        self.environment = kept | {"CORDEE_HOME": str(home), "PORT": str(self.port)} | environment

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
                process.wait(PATIENCE)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "cordee.cli.main", "--language", "en", *arguments],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def run(self, *arguments: str) -> int:
        return self.start(*arguments).wait(PATIENCE)

    @property
    def said(self) -> str:
        return self.log.read_text()

    def wait_until_up(self) -> None:
        self.wait(lambda: self.get("/healthz") == 200)

    def wait(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < until, self.said
            time.sleep(0.1)

    def get(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def camille(self) -> str | None:
        with closing(sqlite3.connect(self.home / "cordee.sqlite3")) as database:
            found = database.execute("select first_name from accounts_user where email = ?", [CAMILLE])
            return next((str(name) for (name,) in found), None)

    def rename_camille(self, name: str) -> None:
        with closing(sqlite3.connect(self.home / "cordee.sqlite3")) as database, database:
            database.execute("update accounts_user set first_name = ? where email = ?", [name, CAMILLE])

    def give(self, path: str, content: bytes, file_name: str) -> threading.Thread:
        """Give a file to the form at a path, as a visitor who does not wait for the answer."""
        form = {"csrfmiddlewaretoken": CSRF, "file": SimpleUploadedFile(file_name, content)}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=encode_multipart(BOUNDARY, form),
            headers={"Content-Type": MULTIPART_CONTENT, "Cookie": f"csrftoken={CSRF}"},
        )

        def send() -> None:
            with suppress(OSError, HTTPException), urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310 - ours
                pass

        thread = threading.Thread(target=send, daemon=True)
        thread.start()
        return thread

    def mission(self) -> str:
        """Make the mission of the stories; return the path at which its contact gives the list."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.cli.a_mission"],
            env=self.environment | {"DJANGO_SETTINGS_MODULE": "cordee.config.settings"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def children(self, process: subprocess.Popen[bytes] | int) -> dict[int, str]:
        pid_of_parent = process if isinstance(process, int) else process.pid
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        )
        rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
        return {int(pid): args for pid, parent, args in rows if int(parent) == pid_of_parent}

    def wait_until_gone(self, pids: list[int]) -> None:
        self.wait(lambda: not any(_alive(pid) for pid in pids))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
