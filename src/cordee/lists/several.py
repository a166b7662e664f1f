"""Several people in the cells of one line, each beside an address of their own or with none."""

import re

from cordee.lists.addresses import TOKEN
from cordee.lists.checks import Draft
from cordee.lists.letters import key, tidy
from cordee.lists.people import is_whole_name
from cordee.lists.results import SECOND
from cordee.lists.sorting import looks_like_name
from cordee.lists.words import WORK

_PAIR = 2
_SEPARATORS = re.compile("[;,\t|]")


def cut_everywhere(text: str) -> tuple[str, ...]:
    """Cut a line with several addresses at every separator, when it holds more than one kind of them and somebody is
    named between two addresses: `Ana Roy ana@asso.example; Léo Bel, leo@asso.example`.
    """
    cells = tuple(tidy(cell) for cell in _SEPARATORS.split(text))
    places = [at for at, cell in enumerate(cells) if "@" in cell]
    if len(places) < _PAIR or len(set(_SEPARATORS.findall(text))) < _PAIR or '"' in text:
        return ()
    between = cells[places[0] : places[-1] + 1]
    return cells if any(is_whole(cell) or is_whole_name(cell) for cell in between) else ()


def whole_people(cells: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    """Cut a line in which one cell holds somebody whole (`Ana Roy ana@asso.example`): the others are other people.

    Nothing when no cell does, or when it is the only one with something in it.
    """
    if len([cell for cell in cells if cell]) < _PAIR or not any(map(is_whole, cells)):
        return []
    found: list[tuple[int, tuple[str, ...]]] = []
    start = 0
    for at, cell in enumerate(cells):
        if is_whole(cell):
            if any(cells[start:at]):
                found.append((start, cells[start:at]))
            found.append((at, (cell,)))
            start = at + 1
        elif "@" in cell:
            found.append((start, cells[start : at + 1]))
            start = at + 1
    if any(cells[start:]):
        found.append((start, cells[start:]))
    return _with_what_is_said(found)


def _with_what_is_said(
    parts: list[tuple[int, tuple[str, ...]]],
) -> list[tuple[int, tuple[str, ...]]]:
    """Return the parts; one that names nobody is said of the person before, or behind."""
    found: list[tuple[int, tuple[str, ...]]] = []
    for start, part in parts:
        before = found[-1] if found else None
        email = next((cell for cell in part if "@" in cell), "")
        names = any("@" not in cell and (is_whole_name(cell) or _spells(cell, email)) for cell in part)
        if (before and not names and not any(map(is_whole, part))) or (
            before and not any("@" in c or is_whole_name(c) for c in before[1])
        ):
            found[-1] = (before[0], before[1] + part)
        else:
            found.append((start, part))
    return found


def is_whole(cell: str) -> bool:
    """Tell whether a cell holds one address and a whole name."""
    found = TOKEN.findall(cell)
    name = tidy(TOKEN.sub(" ", cell)).strip(" <>:-–")
    if len(found) != 1 or " " not in name:
        return False
    local = key(found[0].partition("@")[0]).split(" ")
    return is_whole_name(name) or bool(set(key(name).split(" ")) & set(local))


def theirs(named: list[tuple[int, str]], email: str) -> list[tuple[int, str]]:
    """Return the names of a line, or those that its address spells, where several may be whole."""
    if sum(" " in cell for _, cell in named) < _PAIR:
        return named
    spelled = [name for name in named if _spells(name[1], email)]
    return spelled if spelled and all(" " in cell for _, cell in named) else named


def belongs_to_none(named: list[tuple[int, str]], email: str) -> bool:
    """Tell whether several people are named beside an address that spells none of them."""
    whole = [cell for _, cell in named if is_whole_name(cell)]
    return bool(email) and len(whole) >= _PAIR and not any(_spells(cell, email) for cell in whole)


def theirs_elsewhere(named: list[str], cells: list[str], email: str) -> bool:
    """Tell whether an address spells another name than one that stands whole in the columns of names."""
    theirs_too = any(" " in cell and _spells(cell, email) for cell in cells)
    return theirs_too and any(is_whole_name(cell) and not _spells(cell, email) for cell in named)


def _spells(name: str, email: str) -> bool:
    return bool(email) and bool(set(key(name).split(" ")) & set(key(email.partition("@")[0]).split(" ")))


def somebody_else(draft: Draft, *, among_others: bool) -> list[Draft]:
    """Take whoever is named whole in another cell out of a person's line: nobody knows, so it is asked.

    Where several people stand on the line (`among_others`), two words with capitals are enough.
    """
    if not (draft.first or draft.last) or not (draft.address.email or among_others):
        return []
    named = {name: text for name, text in draft.extras.items() if name != SECOND and "@" not in text}
    others = {
        name: text
        for name, text in named.items()
        if is_whole_name(text) or (among_others and _could_be(text))
    }
    draft.extras = {name: text for name, text in draft.extras.items() if name not in others}
    return [
        Draft(line=draft.line, text=text, last=text, group=draft.group, unread=text)
        for text in others.values()
    ]


def _could_be(text: str) -> bool:
    words = text.split(" ")
    named = len(words) >= _PAIR and all(word[:1].isupper() for word in words) and looks_like_name(text)
    return named and not WORK.intersection(key(text).split(" "))
