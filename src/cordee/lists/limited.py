"""The process that reads one large list: `python -m cordee.lists.limited`, started by `apart`.

It is given the list on its input, and writes what it found. Its limits are the system's, so that they hold in
native code, too.
"""

import json
import os
import resource
import signal
import sys
import threading

from cordee.lists import wire
from cordee.lists.reader import read_file, read_text
from cordee.lists.results import ListRefused

MEMORY = 2 * 1024**3
"""Bytes."""


def main() -> None:
    """Read one list. Killed by the system when it takes too long or too much memory."""
    task = json.loads(sys.stdin.buffer.readline())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(task["seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (task["seconds"], task["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    content = sys.stdin.buffer.read(task["size"])
    threading.Thread(target=_end_with_the_other_side, daemon=True).start()
    try:
        name = task["file"]
        answer = wire.sent(read_text(content.decode()) if name is None else read_file(content, name))
    except ListRefused as refused:
        answer = wire.sent_refusal(refused)
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)


def _end_with_the_other_side() -> None:
    """End when nobody is there any more to take the answer."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    main()
