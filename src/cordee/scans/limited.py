"""The process that opens one page of a deposited file: `python -m cordee.scans.limited`, started by `apart`."""

import json
import os
from typing import Any

from cordee.apart import read_on_demand
from cordee.scans.files import Unreadable, pages_of


def _open(content: bytes, task: dict[str, Any]) -> bytes:
    # On a machine with many cores each would take its share of the memory that there is.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    try:
        picture = next(pages_of(content, first=task["page"]), None)
    except Unreadable as refused:
        return json.dumps({"refused": refused.code}).encode()
    except MemoryError:
        return b""
    if picture is None:
        return b"{}"
    return json.dumps({"shape": picture.pixels.shape}).encode() + b"\n" + picture.pixels.tobytes()


if __name__ == "__main__":
    read_on_demand(_open)
