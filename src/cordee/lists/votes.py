"""What the rows of a list tell together about the order of first and last names."""

from collections.abc import Iterable

from cordee.lists.people import Name, Order, by_form, clean, order_told, split

_CAP = 1_000
_LONGEST = 300


def whole_names_order(names: Iterable[tuple[str, str]]) -> Order | None:
    """Return the order that whole names and the addresses beside them tell, or None."""
    told = 0
    for count, (text, local) in enumerate(names):
        if count > _CAP:
            break
        told += _sign(_told(text, local))
    return _order(told)


def pairs_order(pairs: Iterable[tuple[str, str, str]]) -> Order | None:
    """Return the order of two columns of names that have no header."""
    return _order(sum(_sign(order_told(clean(one), clean(two), local)) for one, two, local in pairs))


def whole_name(text: str, order: Order | None, email: str) -> Name:
    """Split a whole name by what it tells itself, then by `order`, the list's."""
    told = _told(text, email.partition("@")[0])
    return split(text, _order(told) or order)


def _told(text: str, local: str) -> int:
    """Return what a whole name tells about its own order: above 0 the first name is first."""
    words = clean(text[:_LONGEST]).split(" ")
    if len(words) < 2 or "," in text:  # noqa: PLR2004 - one word has no order
        return 0
    return by_form(words) or order_told(words[0], words[-1], local)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _order(told: int) -> Order | None:
    if not told:
        return None
    return Order.FIRST_LAST if told > 0 else Order.LAST_FIRST
