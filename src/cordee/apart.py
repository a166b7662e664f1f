"""What strangers give is read in a process of its own, with limits.

That process has a time and a memory it may not go beyond, none of our secrets, and ends with whoever started it. So
nothing that is in a file keeps other requests waiting, or the server from ending. The limits are the system's, so
that they hold in native code, too.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, Final, cast

MEMORY: Final = 2 * 1024**3
"""Bytes."""
_KEPT: Final = ("PATH", "LANG", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")


def answer_of(module: str, content: bytes, task: dict[str, object], *, seconds: int) -> bytes:
    """Have `content` read by `module`, which calls `read_on_demand`; return what it writes, nothing when it was ended
    by its limits.
    """
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    head = json.dumps({**task, "size": len(content), "seconds": seconds}).encode()
    with process:
        to, back = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        try:
            to.write(head + b"\n" + content)
            to.flush()  # left open: the process ends when this end of it is gone
            return back.read()
        except BrokenPipeError:
            return b""
        finally:
            process.kill()


def read_on_demand(read: Callable[[bytes, dict[str, Any]], bytes]) -> None:
    """Be the process that reads: take one task, write what `read` makes of it, and end.

    Killed by the system when it takes too long or too much memory.
    """
    task = json.loads(sys.stdin.buffer.readline())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(task["seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (task["seconds"], task["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    content = sys.stdin.buffer.read(task["size"])
    threading.Thread(target=_end_with_the_other_side, daemon=True).start()
    sys.stdout.buffer.write(read(content, task))
    sys.stdout.buffer.flush()
    os._exit(0)


def _end_with_the_other_side() -> None:
    """End when nobody is there any more to take the answer."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)
