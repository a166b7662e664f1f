"""People's names and addresses as typed, made comparable."""

import re
import unicodedata
from unicodedata import category

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u001f\u007f]")
_LIGATURES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"}
"""Letters of names that Unicode does not take apart."""
_SPACES = re.compile(r"\s+")
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015\u2212]")
_EMAIL = re.compile(
    r"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$"
)

_SHORTENED = "dr pr me mr mm mme mlle mgr st ste sr jr ph th ch fr jn gd vve prof melle"
"""What is written before a name with a dot, and without a space by who is in a hurry: `St.Georges`."""
_WEB_ADDRESS = re.compile(
    r"://|\bwww\.|\bmailto:|\bjavascript:"
    r"|\w\.[a-z]{2,24}[/?#:]"
    r"|(?<![\w.-])[a-z0-9]\.(?:com|net|org|co|io)\b"
    r"|(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)"
)
"""A scheme, `www.`, a path behind a domain, a domain of one letter, the number of a machine."""
_DOTTED = re.compile(r"(?<![\w-])([\w-]{2,63})\.([^\W\d_]{2,24})(?!\w)")
"""Two words with a dot and no space between them: what mail programs take for a domain, whatever its ending."""


def tidy(text: str) -> str:
    """Return `text` in one form (NFC), without invisible characters, with single spaces."""
    text = text.replace("\t", " ").replace("\n", " ").replace("\r", " ")
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", text).strip()


def compact(number: str) -> str:
    """Return a number of a register (SIRET, VAT, IBAN, BIC) as it is stored: in capitals, without the spaces, dots and
    dashes with which it is copied, and without what nobody sees.
    """
    return _BETWEEN.sub("", tidy(unicodedata.normalize("NFKC", number))).upper()


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
    """Tell whether a mail program would make a link of (a part of) what should be a name. `J.Dupont`, `St. Georges`
    and `St.Georges` are none.
    """
    seen = unicodedata.normalize("NFKC", tidy(text)).casefold().replace("。", ".")
    dotted = (before for before, _after in _DOTTED.findall(seen))
    return bool(_WEB_ADDRESS.search(seen)) or any(before not in _SHORTENED.split() for before in dotted)


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
