"""The secret part of links: whoever reads it can act as its addressee, so only they may."""

import re

_TOKEN = re.compile(r"\b\d+(?::|%3A)[\w-]{43}(?![\w-])", re.IGNORECASE)
"""What Django signed: a number, a colon (as it is, or as it stands in an address), 32 bytes in base64."""
_DOORS = re.compile(r"(?<![\w./-])(/(?:[abchipqrsvw]|here/in|account/password/reset/key)/)[^/\s?#\"'<>]+")
"""An address of our own, from its first slash: what stands there may be a token cut short, or with a letter wrong."""


def hidden(text: str) -> str:
    """Return `text` without the tokens of personal links in it; what else it says stays."""
    return _TOKEN.sub("…", text)


def hidden_in_log(text: str) -> str:
    """Return a line of a log without what stands where addresses of ours have their token, good or spoiled."""
    return _DOORS.sub(r"\1…", hidden(text))
