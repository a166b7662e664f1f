"""The worker beside the server, and what keeps processes from outliving each other."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from django.utils.translation import gettext as _

from cordee.cli.printing import say

PATIENCE = 20
"""Seconds a process has to finish what it is doing."""
PATIENCE_WITH_PAGES = 8
"""Seconds the answers have that are being made: longer than the largest list takes to be read (`lists.apart`)."""


class Worker:
    """The worker as a process beside the server: stopped with it, and the server with it."""

    def __init__(self) -> None:
        self.died = False
        self._stopping = False
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, stop_all: Callable[[], None]) -> None:
        """Start it; call `stop_all` should it end before it is told to."""
        # Out of the terminal's reach: Ctrl-C is passed on once, by us, and it finishes what it is doing.
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-P", "-m", "cordee.cli.main", "worker", "--child-of", str(os.getpid())],
            start_new_session=True,
        )
        threading.Thread(target=self._watch, args=(self._process, stop_all), daemon=True).start()

    def _watch(self, process: subprocess.Popen[bytes], stop_all: Callable[[], None]) -> None:
        process.wait()
        if not self._stopping:
            self.died = True
            say(
                _("The worker has ended (code %(code)s): everything is stopped.")
                % {"code": process.returncode}
            )
            stop_all()

    def ask_to_stop(self) -> None:
        """Tell it to end when it has finished what it is doing; wait for nothing."""
        self._stopping = True
        if self._process:
            with suppress(ProcessLookupError):
                self._process.terminate()

    def stop(self) -> None:
        """Let it finish what it is doing, and end it."""
        self.ask_to_stop()
        if self._process is None:
            return
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()


def stop_with(parent: int) -> None:
    """Stop this process when its parent is gone, however it went."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
