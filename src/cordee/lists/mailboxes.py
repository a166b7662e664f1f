"""Addresses as mail programs write them: `Jean Dupont <j@x.fr>; "Marchand, Lucie" <l@x.fr>, k@x.fr`."""

import re

from cordee.lists.addresses import TOKEN
from cordee.lists.letters import key, tidy
from cordee.lists.people import is_whole_name

BRACKETED = re.compile(r"<[^<>@]*@[^<>]*>")
_ALONE = re.compile(r"(?:^|[;,\t|]) *<[^<>]*> *(?:[;,\t|]|$)")
"""A bracketed address with a cell of its own, as in a table."""
_GOES_ON = re.compile(r"\s*[^\s;,>]")
_LONGEST_NAME = 5
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
    cut = _cut(_LABEL.sub("", line))
    for at, (text, end) in enumerate(cut):
        whole = f"{held}, {text.strip()}" if held else text
        held = ""
        if (
            end == ","
            and "@" not in whole
            and _is_half(whole, *_until_bracket(cut[at + 1][0] if at + 1 < len(cut) else ""))
        ):
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


def _until_bracket(text: str) -> tuple[str, str]:
    """Return what stands behind a comma up to a bracketed address, and the address, if nothing else stands between."""
    before, _, address = text.partition("<") if BRACKETED.search(text) else ("", "", "")
    return before.strip(), address


def _is_theirs(name: str, address: str) -> bool:
    """Tell whether an address holds a word of a name of two words or more."""
    words = key(name).split(" ")
    return len(words) > 1 and bool(set(words) & set(key(address.partition("@")[0]).split(" ")))


def _is_half(text: str, after: str, address: str) -> bool:
    """Tell whether `text`, cut at a comma, is a last name whose first name follows.

    In front of a bracketed address it is one, unless whole names stand on both sides.
    """
    words = tidy(text).split(" ")
    if not words[0]:
        return False
    if after and is_whole_name(text) and _is_theirs(after, address) and not _is_theirs(text, address):
        return False
    if after and len(words) <= _LONGEST_NAME and not (is_whole_name(text) and is_whole_name(after)):
        return True
    return len(words) == 1 or text.isupper() or words[0].islower()


def _addresses_apart(text: str) -> list[str]:
    """Several bare addresses with only spaces between them are several people."""
    words = text.split()
    if len(words) > 1 and "<" not in text and all("@" in word for word in words):
        return words
    return [text]
