"""People over several lines: the name on one, the address on the next, or one line for each thing said of them.

Each becomes one line of cells; the lines that went into it are named, so that none is lost.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from cordee.lists.addresses import TOKEN
from cordee.lists.grids import Line
from cordee.lists.headers import Field, label
from cordee.lists.letters import key, tidy
from cordee.lists.sorting import is_no_person, looks_like_name, without_bullet
from cordee.lists.words import FIRST_NAMES, REMARKS, WORK

_MOST = 0.6
_LONGEST_NAME = 5
_ADDRESS_LABELS = frozenset(
    {"", "mail", "email", "e mail", "mel", "courriel", "adresse", "adresse mail", "mailto"}
)
_NAMING = frozenset({Field.EMAIL, Field.FIRST, Field.LAST, Field.FULL})
_GAP = re.compile(r"[ \xa0]{2,}")
_STRONG = 2
_MOST_ROWS = 8
"""Lines of a table on its side: one for each thing said of people."""


def joined(lines: Sequence[Line]) -> tuple[list[Line], dict[int, str]]:
    """Return the lines with names and the addresses above or below them made one, and what went into others by
    its number. Only where most addresses stand alone, and beside a line with a name.
    """
    alone = [at for at, line in enumerate(lines) if _is_address_alone(line)]
    if not alone:
        return list(lines), {}
    if halves := _halves(lines, alone):
        whole, others_gone = joined(_without_halves(lines, halves))
        return whole, others_gone | {lines[at + 1].number: lines[at + 1].text for at in halves}
    pairs = _near(lines, max((_pairs(lines, alone, step) for step in (-1, 1)), key=len))
    others = sum("@" in line.text for line in lines) - len(alone)
    if len(pairs) < _MOST * len(alone) or others > len(pairs):
        return list(lines), {}
    gone: dict[int, str] = {}
    merged: dict[int, Line] = {}
    for name_at, address_at in pairs.items():
        first, *rest = (lines[at] for at in range(min(name_at, address_at), max(name_at, address_at) + 1))
        name, address = tidy(without_bullet(lines[name_at].text)), tidy(lines[address_at].text)
        text = "\n".join(line.text.strip() for line in (first, *rest) if not line.blank)
        merged[first.number] = Line(first.number, text, (name, address))
        rest += _said_behind(lines, max(name_at, address_at) + 1) + _said_above(
            lines, min(name_at, address_at)
        )
        gone.update((line.number, line.text) for line in rest if not line.blank)
    kept = [merged.get(line.number, line) for line in lines if line.number not in gone]
    return kept, gone


def _halves(lines: Sequence[Line], alone: Sequence[int]) -> list[int]:
    """Return where two lines of one word, last and first name, stand above an address: for most, or for none."""
    found = [at - 2 for at in alone if at > 1 and all(_is_half(lines[i]) for i in (at - 2, at - 1))]
    found = [at for at in found if at == 0 or not _is_half(lines[at - 1])]
    return found if len(found) >= _MOST * len(alone) else []


def _is_half(line: Line) -> bool:
    return " " not in line.text.strip() and _is_name_alone(line)


def _without_halves(lines: Sequence[Line], halves: Sequence[int]) -> list[Line]:
    """Return the lines with first and last names on one."""
    whole = {at: f"{lines[at].text.strip()} {lines[at + 1].text.strip()}" for at in halves}
    second = {at + 1 for at in halves}
    kept = [(at, line) for at, line in enumerate(lines) if at not in second]
    return [Line(line.number, whole[at], (whole[at],)) if at in whole else line for at, line in kept]


def _pairs(lines: Sequence[Line], alone: Sequence[int], step: int) -> dict[int, int]:
    """Return, by the line with a name, the line with its address: the name above (-1) or below (1)."""
    found: dict[int, int] = {}
    addresses = set(alone)
    for address_at in alone:
        at = address_at + step
        between: list[int] = []
        while (
            0 <= at < len(lines) and at not in addresses and not (lines[at].blank and lines[at - step].blank)
        ):
            if (lines[at].blank and between) or "@" in lines[at].text:
                break
            if _is_name_alone(lines[at]) and at not in found:
                between.append(at)
            at += step
        if between:
            found[_likeliest(lines, between, lines[address_at].text)] = address_at
    return found


def _near(lines: Sequence[Line], pairs: dict[int, int]) -> dict[int, int]:
    """Return the pairs without those that a header's word parts (`E-mail`), where others have no address."""
    named = sum(map(_is_name_alone, lines))
    if named <= len(pairs):
        return pairs

    def parted(name_at: int, address_at: int) -> bool:
        between = lines[min(name_at, address_at) + 1 : max(name_at, address_at)]
        return any(label(tidy(line.text).strip(" :")) for line in between)

    return {name: address for name, address in pairs.items() if not parted(name, address)}


def _likeliest(lines: Sequence[Line], between: Sequence[int], address: str) -> int:
    """Return which of the lines beside an address names somebody: the one that it spells, or the nearest that
    holds a known first name; else the nearest.
    """
    local = key(address.partition("@")[0]).split(" ")

    def told(at: int) -> int:
        words = set(key(lines[at].text).split(" "))
        return 2 * len(words.intersection(local)) + bool(words & FIRST_NAMES)

    return max(between, key=told)


def _said_behind(lines: Sequence[Line], at: int) -> list[Line]:
    """Return the lines directly behind somebody that say what they do, or a number."""
    end = at
    while end < len(lines) and not lines[end].blank and _is_about_work(lines[end].text):
        end += 1
    return list(lines[at:end])


def _said_above(lines: Sequence[Line], at: int) -> list[Line]:
    """Return the lines directly above somebody that say what they do."""
    start = at
    while start and any(map(str.isalpha, lines[start - 1].text)) and _is_about_work(lines[start - 1].text):
        start -= 1
    return list(lines[start:at])


def _is_about_work(text: str) -> bool:
    words = set(key(text).split(" "))
    return "@" not in text and (
        not any(map(str.isalpha, text)) or bool(WORK & words and not FIRST_NAMES & words)
    )


def _is_address_alone(line: Line) -> bool:
    tokens = TOKEN.findall(line.text)
    return len(tokens) == 1 and key(TOKEN.sub(" ", line.text)) in _ADDRESS_LABELS


def _is_name_alone(line: Line) -> bool:
    text = tidy(without_bullet(line.text)).strip(" ,;")
    opening = key(text)
    return (
        "@" not in text
        and looks_like_name(text)
        and len(opening.split(" ")) <= _LONGEST_NAME
        and not is_no_person(opening)
        and not WORK.intersection(opening.split(" "))
        and not any(opening == start or opening.startswith(f"{start} ") for start in REMARKS)
    )


def as_table(lines: Sequence[Line]) -> tuple[list[Line], dict[int, str]] | None:
    """Return the lines as a table with a header, when each says one thing of somebody (`Nom : Dupont`), or of
    everybody (a table turned on its side); and what went into others, by its number. None when they do not.
    """
    filled = [line for line in lines if not line.blank]
    said = [_said(line) for line in filled]
    fields = {found.field for line in said if line and (found := label(line[0]))} & _NAMING
    known = sum(line is not None for line in said)
    if len(fields) < _STRONG or known < _MOST * len(filled):
        return None
    names = list(dict.fromkeys(line[0] for line in said if line))
    records = _records(lines, filled, said)
    rows = [
        Line(number, text, tuple(cells.get(name, "") for name in names)) for number, text, cells in records
    ]
    if not rows:
        return None
    top = filled[0]
    header = replace(top, text="\t".join(names), cells=tuple(names))
    used = {row.number for row in rows}
    rest = {line.number: line.text for line in filled if line.number not in used}
    return [header, *rows], rest


def turned(lines: Sequence[Line]) -> tuple[list[Line], dict[int, str]] | None:
    """Return a table on its side without a header (`Roy;Bel`, `Ana;Léo`, `ana.roy@…;leo.bel@…`) as one line for each
    person, and what went into others by its number. None when it is none.
    """
    table = [line for line in lines if len(line.filled) > 1]
    holding = [line for line in table if "@" in line.text]
    if len(holding) != 1 or not 1 < len(table) <= _MOST_ROWS or holding[0].text.count("@") < _STRONG:
        return None
    addresses, others = holding[0], [line for line in table if line is not holding[0]]
    width = len(addresses.cells)
    if any(len(line.cells) != width or line.blank for line in others) or any(
        cell and "@" not in cell for cell in addresses.cells
    ):
        return None
    columns = [tuple(line.cells[at] for line in (*others, addresses)) for at in range(width)]
    spelled = sum(_spells(column[:-1], column[-1]) for column in columns)
    if _spells_others(columns):
        return _above_addresses(lines, others, addresses)
    names = all(looks_like_name(cell) for line in others for cell in line.filled)
    if spelled * 2 < addresses.text.count("@") and not (names and width > _STRONG):
        return None
    rows = [Line(addresses.number, "\t".join(column), column) for column in columns if any(column)]
    kept = [line for line in lines if line not in table and line.number < addresses.number]
    behind = [line for line in lines if line not in table and line.number > addresses.number]
    return [*kept, *rows, *behind], {line.number: line.text for line in others}


def _above_addresses(
    lines: Sequence[Line], others: Sequence[Line], addresses: Line
) -> tuple[list[Line], dict[int, str]] | None:
    """Return people one to a line (`Roy;Ana`, `Bel;Léo`) whose addresses stand together on another
    (`a.roy@…;l.bel@…`), each with its own, when all are spelled so.
    """
    if len(others) != len(addresses.filled) or not all(
        _spells(line.cells, address) for line, address in zip(others, addresses.filled, strict=True)
    ):
        return None
    own = dict(zip((line.number for line in others), addresses.filled, strict=True))
    rows = [
        replace(line, text=f"{line.text}\t{own[line.number]}", cells=(*line.cells, own[line.number]))
        if line.number in own
        else line
        for line in lines
        if line is not addresses
    ]
    return rows, {addresses.number: addresses.text}


def _spells_others(columns: Sequence[Sequence[str]]) -> bool:
    """Tell whether an address spells a name that stands in another column and not in its own."""
    own = [{word for cell in column[:-1] for word in key(cell).split(" ")} for column in columns]
    named = set().union(*own)
    local = [key(column[-1].partition("@")[0]).split(" ") for column in columns]
    return any(
        len(word) > 1 and word in named and word not in mine
        for words, mine in zip(local, own, strict=True)
        for word in words
    )


def _spells(names: Sequence[str], address: str) -> bool:
    local = set(key(address.partition("@")[0]).split(" "))
    return any(local & set(key(name).split(" ")) for name in names)


def _said(line: Line) -> tuple[str, tuple[str, ...]] | None:
    """`Nom : Dupont`, or a row that begins with what it holds: the label, and what is said."""
    cells = line.cells
    if len(line.filled) == 1:
        name, colon, value = line.text.partition(":")
        cells = (tidy(name).strip("-•* "), tidy(value)) if colon else _spaced(line)
    if len(cells) < _STRONG or not cells[0] or label(cells[0].rstrip(" :")) is None:
        return None
    rest = cells[1:]
    names_more = any((found := label(cell)) and found.field in _NAMING for cell in rest if cell)
    return None if names_more else (cells[0].rstrip(" :"), rest)


def _spaced(line: Line) -> tuple[str, ...]:
    """Return what spaces alone keep apart (`Nom     Roy     Bel`); the longest label may stand close behind."""
    first, *others = (tidy(part) for part in _GAP.split(line.text.strip()))
    name, _, value = first.partition(" ")
    close = "@" in value and label(name)
    return (name, value, *others) if close else (first, *others)


def _records(
    lines: Sequence[Line], filled: Sequence[Line], said: Sequence[tuple[str, tuple[str, ...]] | None]
) -> list[tuple[int, str, dict[str, str]]]:
    """Return people: the number and text of the line each is known by, and what is said of them."""
    by_line = {line.number: what for line, what in zip(filled, said, strict=True) if what}
    found: list[tuple[int, str, dict[str, str]]] = []
    width = max(len(what[1]) for what in by_line.values())
    if width > 1:
        number = next(iter(by_line))
        for at in range(width):
            cells = {name: rest[at] for name, rest in by_line.values() if at < len(rest) and rest[at]}
            if cells:
                found.append((number, "\t".join(cells.values()), cells))
        return found
    number, cells, texts = 0, dict[str, str](), list[str]()
    for line in (*lines, Line(0, "", ())):
        what = by_line.get(line.number)
        if cells and (line.number == 0 or (what and what[0] in cells)):
            found.append((number, "\n".join(texts), cells))
            cells, texts = {}, []
        if what:
            number = number if cells else line.number
            cells[what[0]] = what[1][0]
            texts.append(line.text.strip())
    return found
