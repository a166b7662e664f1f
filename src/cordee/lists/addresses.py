"""Addresses as typed: what is meant, what is wrong, and the address they should probably be."""

import re
from dataclasses import dataclass

from cordee.kernel.names import is_email, normal_email
from cordee.lists.domains import Domains
from cordee.lists.letters import key, plain_ascii, tidy, without_joiners
from cordee.lists.results import Code
from cordee.lists.words import ADDRESS_KINDS, NO_VALUE

_PART = r"[^\s<>,;|/\"()\[\]{}→➔➜⇒»«•]"
TOKEN = re.compile(rf"(?<!{_PART}){_PART}+@{_PART}*")
"""Looked for from its first letter only: nobody makes the search slow with a very long word."""
_LINK = re.compile(r"mailto:|^(?:(?:e-?)?mails?|m[ée]l|courriel|à|to|cci?|bcc) ?: ?", re.IGNORECASE)
_QUERY = re.compile(r"\?(?:subject|cc|body)=\S*", re.IGNORECASE)
_SPELLED_AT = re.compile(r"[(\[{] ?(?:at|a|arobase|chez) ?[)\]}]| (?:at|arobase) |@{2,}| @ ", re.IGNORECASE)
_SPELLED_DOT = re.compile(r"[(\[{] ?(?:dot|point) ?[)\]}]", re.IGNORECASE)
_COMMA = re.compile(r" ?[,;] ?")
_DOTS = re.compile(r"\.{2,}")
_LONGEST = 320
_SIGNS = " '-:/.–—→➔➜⇒=~•·*_>»"
"""What stands between a name and an address, and is none of either."""
_EDGES = " .,;:'\"<>()[]{}\u2019\u2018\u201c\u201d«»"
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_AROUND = re.compile(r"[<>\"\u201c\u201d«»;,|()\[\]]+")


@dataclass(frozen=True, slots=True)
class Address:
    """One cell read as an address.

    `email` is what stands there; `proposal` what it should probably be; `rest` what stands around it (a name,
    often); `others` the further addresses.
    """

    email: str = ""
    proposal: str | None = None
    codes: tuple[Code, ...] = ()
    rest: str = ""
    others: tuple[str, ...] = ()


_FIGURES = 8
"""Of a telephone number, at least."""


def read_address(cell: str, domains: Domains) -> Address:
    """Read a cell that should hold an address."""
    text = _QUERY.sub("", _LINK.sub("", without_joiners(tidy(cell))))
    if is_nothing(text):
        return Address()
    found = [token.strip(_EDGES) for token in TOKEN.findall(text)]
    sound = list(dict.fromkeys(normal_email(t) for t in found if is_email(normal_email(t))))
    if sound and not _is_cut(text, found):
        return _sound(text, sound, domains)
    return _unsound(text, found, domains)


def is_telephone(text: str) -> bool:
    """Tell whether a cell holds a telephone number where an address should stand."""
    return sum(map(str.isdigit, text)) >= _FIGURES and not any(char.isalpha() or char == "@" for char in text)


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is no address (`-`, `néant`, `n/a`…)."""
    words = key(text)
    return (not words and "@" not in text) or words in NO_VALUE or words == "0"


def _is_cut(text: str, found: list[str]) -> bool:
    """`jean@mail.example,com`: the only address goes on after a comma that was meant to be a dot."""
    return len(found) == 1 and bool(re.search(r"@[\w.-]+,\w{2,10}$", text))


def _sound(text: str, sound: list[str], domains: Domains) -> Address:
    rest = _without_brackets(TOKEN.sub(" ", text))
    rest = tidy(_AROUND.sub(" ", rest)).strip(_SIGNS) if rest.strip(_EDGES) else ""
    email, domain = sound[0], sound[0].rpartition("@")[2]
    codes: list[Code] = []
    proposal = None
    if plain := _without_accents(domain, domains):
        codes.append(Code.ACCENTS_IN_EMAIL)
        proposal = f"{email.rpartition('@')[0]}@{plain}"
    elif meant := domains.meant(domain):
        codes.append(Code.TYPED_DOMAIN)
        proposal = f"{email.rpartition('@')[0]}@{meant}"
    return Address(email, proposal, tuple(codes), rest, tuple(sound[1:]))


def _without_brackets(text: str) -> str:
    """Return what stands beside addresses without what is said in brackets: behind a whole name anything
    (`Ana Roux (DRH)`), else only which address it is (`(pro)`).
    """
    named = len(key(_BRACKETED.sub(" ", text)).split(" ")) > 1

    def kept(bracket: re.Match[str]) -> str:
        return " " if named or set(key(bracket[1]).split(" ")) <= ADDRESS_KINDS else bracket[0]

    return _BRACKETED.sub(kept, text)


def _without_accents(domain: str, domains: Domains) -> str | None:
    """Return the domain without its accents where everybody, or this list, knows it so; else they belong there."""
    plain = plain_ascii(domain)
    return plain if plain != domain and domains.is_known(plain) else None


def _unsound(text: str, found: list[str], domains: Domains) -> Address:
    """Nothing here is an address yet: take what looks most like one, and try to mend it."""
    text = text.strip(_EDGES)
    name, _, word = text.rpartition(" ")
    if len(text) <= _LONGEST and "@" not in name and "@" in word[1:] and any(map(str.isalpha, name)):
        codes, proposal = _mend(word, domains)  # `Ana Roy ana@mail,example`
        return Address(normal_email(word), proposal, codes, name.strip(_SIGNS))
    codes, proposal = _mend(text, domains)
    if proposal is None and len(found) == 1 and found[0] != text:
        codes, proposal = _mend(found[0], domains)
        rest = tidy(_AROUND.sub(" ", text.replace(found[0], " "))).strip(_EDGES)
        return Address(normal_email(found[0]), proposal, codes, rest)
    return Address(normal_email(text), proposal, codes)


def _mend(text: str, domains: Domains) -> tuple[tuple[Code, ...], str | None]:
    """Return what is wrong with `text` as an address, and the address it becomes when that is mended."""
    if len(text) > _LONGEST:
        return (Code.BAD_EMAIL,), None
    mended = normal_email(text)
    codes: list[Code] = []
    for code, mend in _MENDERS:
        after = mend(mended)
        if after != mended and code not in codes:
            codes.append(code)
        mended = after
    if "@" not in mended:
        return (Code.MISSING_AT,) if _looks_tried(mended) else (Code.BAD_EMAIL,), _put_at(mended, domains)
    local, _, domain = mended.rpartition("@")
    meant = domains.meant(domain)
    if is_email(mended) and meant:
        codes.append(Code.TYPED_DOMAIN)
    mended = f"{local}@{meant or domain}"
    proposal = mended if is_email(mended) and "@" not in local else None
    return tuple(codes) or (Code.BAD_EMAIL,), proposal


def _spelled(text: str) -> str:
    """`jean (at) mail (point) fr`, in a text with single spaces."""
    for sign, spelled in (("@", _SPELLED_AT), (".", _SPELLED_DOT)):
        text = sign.join(part.strip() for part in spelled.split(text))
    return text


def is_spelled(cell: str) -> bool:
    """Tell whether a cell is an address with its signs in words: `ana.roux (at) asso.example`."""
    return "@" not in cell and len(cell) <= _LONGEST and is_email(normal_email(_spelled(cell)))


def _azerty(text: str) -> str:
    """`jeanàmail.fr`: the à stands where the @ is on other keyboards."""
    before, sign, domain = text.partition("à") if text.count("à") == 1 else (text, "", "")
    return f"{before}@{domain}" if sign and before[-1:].isalnum() and "." in domain[1:-1] else text


def _dots(text: str) -> str:
    """Dots, colons and hyphens where none belong."""
    local, sign, domain = _DOTS.sub(".", text).rpartition("@")
    local, domain = local.strip("."), domain.strip(".").removeprefix("www.").lstrip("-.")
    return f"{local.rstrip(':/.')}{sign}{domain}" if sign else domain


_MENDERS = (
    (Code.MISSING_AT, lambda text: _azerty(text) if "@" not in text else text),
    (Code.BAD_EMAIL, _spelled),
    (Code.COMMA_FOR_DOT, lambda text: _COMMA.sub(".", text)),
    (Code.SPACES_IN_EMAIL, lambda text: text.replace(" ", "") if "@" in text else text),
    (Code.ACCENTS_IN_EMAIL, plain_ascii),
    (Code.BAD_EMAIL, _dots),
)


def _looks_tried(text: str) -> bool:
    return " " not in text and "." in text


def _put_at(text: str, domains: Domains) -> str | None:
    """Return `text` with its missing @ in front of a domain it ends with, or with the list's only domain."""
    text = plain_ascii(text.replace(" ", ""))
    domain = domains.ending_of(text)
    if domain:
        local = text.removesuffix(domain).rstrip(".")
        return email if is_email(email := f"{local}@{domain}") else None
    if _looks_tried(text) and domains.only and is_email(email := f"{text}@{domains.only}"):
        return email
    return None
