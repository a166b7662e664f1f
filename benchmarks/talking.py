"""Talking with processes that are inside a world."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.places import ROOT, World


class Inside:
    """A process inside a world: it answers one question at a time and rests in between."""

    def __init__(self, world: World, process: "subprocess.Popen[str]") -> None:
        self.world = world
        self._process = process

    def ask(self, **question: Any) -> Any:
        """Return the answer to a question (see `inside.answer`)."""
        questions, answers = self._process.stdin, self._process.stdout
        if questions is None or answers is None:
            raise RuntimeError("nobody listens")
        questions.write(json.dumps(question) + "\n")
        questions.flush()
        line = answers.readline()
        if not line:
            raise SystemExit(f"{self.world.name}: the process ended")
        return json.loads(line)


@contextlib.contextmanager
def inside(worlds: list[World], server: str) -> Iterator[list[Inside]]:
    """Run one process inside each world."""
    with contextlib.ExitStack() as stack:
        processes = []
        for world in worlds:
            process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.inside", "answer", "--folder", str(world.folder)],
                cwd=ROOT,
                env=world.environment(server),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            stack.enter_context(process)  # closes its input at the end, which ends it
            processes.append(Inside(world, process))
        yield processes
