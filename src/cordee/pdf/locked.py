"""Telling whether a PDF asks for a password: run on demand, apart (`papers.is_locked`)."""

from io import BytesIO
from typing import Any

import pikepdf

from cordee.apart import read_on_demand
from cordee.pdf.papers import LOCKED


def _look(content: bytes, _task: dict[str, Any]) -> bytes:
    try:
        with pikepdf.open(BytesIO(content)):
            return b""
    except pikepdf.PasswordError:
        return LOCKED
    except pikepdf.PdfError:
        return b""


if __name__ == "__main__":
    read_on_demand(_look)
