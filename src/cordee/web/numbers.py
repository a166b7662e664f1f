"""Numbers in addresses and forms: those that a database can hold."""

from django.urls import register_converter

_DIGITS = 19
_LARGEST = 2**63 - 1
"""The largest number a database holds: numbers by chance, such as those of comments, come near to it."""


def an_id(text: str) -> int | None:
    """Return the number in a query string, or nothing when it is not one that a database could hold."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        return None
    return number if (number := int(text)) <= _LARGEST else None


class Number:
    """`<number:…>` in an address; with one that no database holds there is no such page."""

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        number = an_id(value)
        if number is None:
            raise ValueError(value)
        return number

    def to_url(self, value: int) -> str:
        return str(value)


def register() -> None:
    """Let addresses speak of numbers."""
    register_converter(Number, "number")
