"""The process that reads one large list: `python -m cordee.lists.limited`, started by `apart`."""

from typing import Any

from cordee.apart import read_on_demand
from cordee.lists import wire
from cordee.lists.reader import read_file, read_text
from cordee.lists.results import ListRefused


def _read(content: bytes, task: dict[str, Any]) -> bytes:
    name = task["file"]
    try:
        return wire.sent(read_text(content.decode()) if name is None else read_file(content, name))
    except ListRefused as refused:
        return wire.sent_refusal(refused)


if __name__ == "__main__":
    read_on_demand(_read)
