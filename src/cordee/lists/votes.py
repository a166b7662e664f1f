"""What the rows of a list tell together about the order of first and last names."""

import re
from collections.abc import Iterable
from itertools import islice

from cordee.lists.cleaning import clean
from cordee.lists.letters import key
from cordee.lists.people import Name, Order, by_form, one_name_told, order_told, split

_CAP = 1_000
_LONGEST = 300
_MOST_WORDS = 8
_CUTS = re.compile("[._-]")


def whole_names_order(names: Iterable[tuple[str, str]]) -> Order | None:
    """Return the order that whole names and the addresses beside them tell, or None."""
    told = called = 0
    for text, local in islice(names, _CAP):
        told += _sign(_told(text, local))
        called += _called(text, local)
    return _order(told) or _order(called)


def pairs_order(pairs: Iterable[tuple[str, str, str]]) -> Order | None:
    """Return the order of two columns of names that have no header."""
    return _order(sum(_sign(order_told(clean(one), clean(two), local)) for one, two, local in pairs))


def whole_name(text: str, order: Order | None, email: str) -> Name:
    """Split a whole name by what it tells itself, then by `order`, the list's."""
    local = email.partition("@")[0]
    return cut_by_address(clean(text), local) or split(
        text, _order(_told(text, local)) or order or _order(_called(text, local))
    )


def cut_by_address(text: str, local: str) -> Name | None:
    """Cut a whole name where its address is cut: `Abd El Kader Ben Ali`, `abdelkader.benali`. None when the
    address tells nothing.
    """
    halves = [_plain(half) for half in _CUTS.split(local.rstrip("0123456789")) if half]
    words = text.split(" ")
    if len(halves) != 2 or not 2 < len(words) <= _MOST_WORDS or "," in text:  # noqa: PLR2004 - two words need no cut
        return None
    for at in range(1, len(words)):
        one, two = words[:at], words[at:]
        if _is(one, halves[0], first=True) and _is(two, halves[1], first=False):
            return Name(" ".join(one), " ".join(two), sure=True)
        if (_is(one, halves[0], first=False) and _is(two, halves[1], first=True)) or (
            _is(two, halves[0], first=True) and _is(one, halves[1], first=False)
        ):
            return Name(" ".join(two), " ".join(one), sure=True)
    return None


def _is(words: list[str], half: str, *, first: bool) -> bool:
    """Tell whether half an address stands for these words; first names may be there as initials."""
    plain = _plain("".join(words))
    initials = "".join(part[0] for word in words for part in key(word).split(" ") if part)
    return half == plain or (first and len(words) > 1 and half == initials)


def _plain(text: str) -> str:
    return key(text).replace(" ", "")


def _told(text: str, local: str) -> int:
    """Return what a whole name tells about its own order: above 0 the first name is first."""
    words = clean(text[:_LONGEST]).split(" ")
    if len(words) < 2 or "," in text:  # noqa: PLR2004 - one word has no order
        return 0
    return by_form(words) or order_told(words[0], words[-1], local)


def _called(text: str, local: str) -> int:
    """Return what an address of one name tells (`ewan@`), where nothing tells more."""
    words = clean(text[:_LONGEST]).split(" ")
    return one_name_told(words[0], words[1], local) if len(words) == 2 else 0  # noqa: PLR2004 - first and last name


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _order(told: int) -> Order | None:
    if not told:
        return None
    return Order.FIRST_LAST if told > 0 else Order.LAST_FIRST
