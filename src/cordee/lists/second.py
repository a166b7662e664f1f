"""Several addresses where one was expected: a second one of somebody named, or people nobody named."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cordee.lists.addresses import read_address
from cordee.lists.checks import Draft
from cordee.lists.domains import Domains
from cordee.lists.letters import key
from cordee.lists.results import SECOND

_TELLING = 3
"""Letters from which on a name that stands in an address is no accident."""


def one_each(draft: Draft, domains: Domains) -> Iterator[Draft]:
    """Yield the person of a draft; several addresses and no name are one person each."""
    if not draft.address.others:
        yield draft
        return
    for email in (draft.address.email, *draft.address.others):
        extras = {name: value for name, value in draft.extras.items() if name != SECOND}
        address = read_address(email, domains)
        yield replace(draft, address=address, typed_email=email, extras=extras)


def with_second_addresses(people: Sequence[Draft], line: str) -> list[Draft]:
    """Give an address without a name to the person in front of it, when it is theirs.

    Mail programs write one person behind the other: there, the address itself must hold their name.
    """
    named = sum(bool(draft.first or draft.last) for draft in people)
    found: list[Draft] = []
    for draft in people:
        before = found[-1] if found else None
        bare = draft.address.email and not (draft.first or draft.last or draft.unread)
        if before and bare and (before.first or before.last):
            theirs = _holds_name(draft.address.email, before)
            if theirs or (named == 1 and "<" not in line and before is people[0]):
                others = (*before.address.others, draft.address.email)
                before.address = replace(before.address, others=others)
                before.extras[SECOND] = "; ".join(others)
                continue
        found.append(draft)
    return found


def _holds_name(email: str, person: Draft) -> bool:
    local = key(email.partition("@")[0]).replace(" ", "")
    words = key(f"{person.first} {person.last}").split(" ")
    return any(len(word) >= _TELLING and word in local for word in words)
