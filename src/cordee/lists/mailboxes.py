"""Addresses as mail programs write them: `Jean Dupont <j@x.fr>; "Marchand, Lucie" <l@x.fr>, k@x.fr`."""

import re

from cordee.lists.addresses import TOKEN
from cordee.lists.letters import tidy

BRACKETED = re.compile(r"<[^<>@]*@[^<>]*>")
_ALONE = re.compile(r"(?:^|[;,\t|]) *<[^<>]*> *(?:[;,\t|]|$)")
"""A bracketed address with a cell of its own, as in a table."""
_GOES_ON = re.compile(r"\s*[^\s;,>]")
_LABEL = re.compile(r"^\s*(?:to|cc|bcc|cci|from|à|a|de)\s*:\s*", re.IGNORECASE)


def is_mailboxes(line: str) -> bool:
    """Tell whether a line is written as a mail program does, or is made of several addresses."""
    addresses = len(TOKEN.findall(line))
    if BRACKETED.search(line):
        return addresses > 1 or not _ALONE.search(line)
    return addresses > 1 and all("@" in text for text, _ in _cut(line) if text.strip())


def is_addresses(line: str) -> bool:
    """Tell whether a line is made of people as a mail program writes them, each with an address."""
    return is_mailboxes(line) and all("@" in text for text, _ in _cut(line) if text.strip())


def pieces(line: str) -> list[str]:
    """Return one text per person, in order; every letter of the line is in one of them.

    A comma inside `Last, First <address>` separates nothing, with or without quotes.
    """
    found: list[str] = []
    held = ""
    for text, end in _cut(_LABEL.sub("", line)):
        whole = f"{held}, {text.strip()}" if held else text
        held = ""
        if end == "," and "@" not in whole and _is_half(whole):
            held = whole.strip()
        else:
            found.extend(_addresses_apart(whole))
    found.append(held)
    return [piece for piece in map(str.strip, found) if piece.strip(" ;,\"'<>")]


def _cut(line: str) -> list[tuple[str, str]]:
    """Cut at `;` and `,` outside quotes and brackets, and behind a closed bracket."""
    cut: list[tuple[str, str]] = []
    start, quoted, bracket = 0, False, False
    last_quote, last_bracket = line.rfind('"'), line.rfind(">")
    for at, char in enumerate(line):
        if char == '"' and (quoted or at < last_quote):
            quoted = not quoted
        elif char == "<" and not quoted:
            bracket = at < last_bracket
        elif char == ">" and not quoted:
            bracket = False
            if _GOES_ON.match(line, at + 1):
                cut.append((line[start : at + 1], ""))
                start = at + 1
        elif char in ";," and not (quoted or bracket):
            cut.append((line[start:at], char))
            start = at + 1
    cut.append((line[start:], ""))
    return cut


def _is_half(text: str) -> bool:
    """Tell whether `text`, cut at a comma, is a last name whose first name follows."""
    words = tidy(text).split(" ")
    return bool(words[0]) and (len(words) == 1 or text.isupper() or words[0].islower())


def _addresses_apart(text: str) -> list[str]:
    """Several bare addresses with only spaces between them are several people."""
    words = text.split()
    if len(words) > 1 and "<" not in text and all("@" in word for word in words):
        return words
    return [text]
