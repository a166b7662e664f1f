"""People's names and addresses as typed, made comparable."""

import re
import unicodedata
from unicodedata import category

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u001f\u007f]")
_LIGATURES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"}
"""Letters of names that Unicode does not take apart."""
_SPACES = re.compile(r"\s+")
_EMAIL = re.compile(
    r"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$"
)

_ENDINGS = (
    "com net org info biz io ai app dev co me tv xyz top site online shop store club live link click page "
    "web fr eu uk de es it be ch ca us lu nl pt pl ru cn re gp mq nc pf"
)
_WEB_ADDRESS = re.compile(
    rf"://|\bwww\.|\w\w\.(?:{_ENDINGS.replace(' ', '|')})\b|\w\.[a-z]{{2,24}}[/?#:]|\bmailto:|\bjavascript:"
)
"""A scheme, `www.`, or what mail programs take for a domain. `J.Dupont` and `St. Georges` are none."""


def tidy(text: str) -> str:
    """Return `text` in one form (NFC), without invisible characters, with single spaces."""
    text = text.replace("\t", " ").replace("\n", " ").replace("\r", " ")
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", text).strip()


def normal_email(text: str) -> str:
    """Return the address as it is compared and stored: tidy and in lower case."""
    return tidy(text).lower()


def is_email(text: str) -> bool:
    """Tell whether `text` (already normal) looks like an address that a mail server would take. Its domain may
    have accents: it is sent in the spelling that mail servers know (punycode).
    """
    text = plain_domain(text)
    if len(text) > 254 or len(text.partition("@")[0]) > 64:  # noqa: PLR2004 - RFC 5321
        return False
    return bool(_EMAIL.match(text))


def is_web_address(text: str) -> bool:
    """Tell whether a mail program would make a link of (a part of) what should be a name."""
    return bool(_WEB_ADDRESS.search(unicodedata.normalize("NFKC", tidy(text)).casefold()))


def plain_domain(address: str) -> str:
    """Return an address with its domain in ASCII letters (punycode); as it is when there is no such spelling."""
    local, sign, domain = address.rpartition("@")
    if address.isascii() or not sign or len(domain) > 253:  # noqa: PLR2004 - RFC 1035
        return address
    if any(not (c.isalnum() or c in "-." or unicodedata.combining(c)) for c in domain):
        return address
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def search_key(text: str) -> str:
    """Return `text` without accents and in lower case, for searching as people type."""
    plain = unicodedata.normalize("NFKD", tidy(text).casefold())
    return "".join(_LIGATURES.get(c, c) for c in plain if not unicodedata.combining(c))


def name_key(first_name: str, last_name: str) -> str:
    """Return a name as people are compared by it: no accents, no capitals, no hyphens or apostrophes, the words
    in whatever order. Empty when there is no name.
    """
    letters = search_key(f"{first_name} {last_name}")
    return " ".join(sorted("".join(" " if category(c).startswith("P") else c for c in letters).split()))
