"""Ten times the list is about ten times the work, whatever is in it: counted in steps of the interpreter."""

import sys
from collections.abc import Callable

import pytest

from cordee.lists import apart
from cordee.lists.reader import read_file, read_text
from cordee.lists.results import ListRefused, Refusal
from tests.lists.making import zipped

FEW, MANY = 100, 1_000
GROWTH = 14
TEXTS: dict[str, Callable[[int], str]] = {
    "separators": lambda n: ";" * n,
    "quotes": lambda n: '"' * n,
    "open quotes": lambda n: ';"\n' * n,
    "brackets": lambda n: "<" * n,
    "brackets of addresses": lambda n: "<a@" * n,
    "signs": lambda n: "a@" * n,
    "one long word": lambda n: "a" * n,
    "spaces between two words": lambda n: f"a{' ' * n}b",
    "accents of a keyboard": lambda n: "aà" * n,
    "addresses on one line": lambda n: ";".join(f"p{i}@asso.example" for i in range(n)),
    "people on one line": lambda n: "; ".join(f"Ana Roux <p{i}@asso.example>" for i in range(n)),
    "half a name each": lambda n: "Roux," * n,
    "columns": lambda n: (
        "Nom;Prénom;Mail;" + ";".join(f"Colonne {i}" for i in range(n)) + "\nRoux;Ana;a@b.fr"
    ),
    "columns of one name": lambda n: "Nom;Prénom;Mail;" + "Service;" * n + "\nRoux;Ana;a@b.fr",
    "sections": lambda n: "Groupe 1 : Ana Roux\n" * n,
    "a section of many words": lambda n: f"Groupe 1 : {'a ' * n}",
    "remarks in brackets": lambda n: "Ana Roux " + "(" * n,
    "words": lambda n: "mot " * n,
    "capitals and particles": lambda n: "DE " * n + "Ana",
    "civilities": lambda n: "M. " * n,
    "rows of dots": lambda n: "Ana " + "." * n + " ana@x.example",
    "leaders": lambda n: "Ana ..... " * n,
    "arrows": lambda n: "Ana -> Roux => " * n,
    "addresses in words": lambda n: "ana (at) mail (dot) fr " * n,
    "words of addresses": lambda n: "ana point " * n + " at ",
    "quotes and answers": lambda n: "Ana Roux a@b.fr\n" + "> Léo Bel l@b.fr\n" * n,
    "a signature of many lines": lambda n: "Ana Roux a@b.fr\n\n" + "Marie Bel\n" * n,
    "a table on its side": lambda n: "\n".join(
        (";".join(["Roux"] * n), ";".join(["Ana"] * n), ";".join(["a@b.fr"] * n))
    ),
    "lines": lambda n: "Roux;Ana;a@b.fr\n" * n,
}


def steps(read: Callable[[], object]) -> int:
    """Return how many instructions the interpreter took."""
    count, tool, monitoring = 0, 3, sys.monitoring

    def step(*_: object) -> None:
        nonlocal count
        count += 1

    monitoring.use_tool_id(tool, "growth")
    monitoring.register_callback(tool, monitoring.events.INSTRUCTION, step)
    monitoring.set_events(tool, monitoring.events.INSTRUCTION)
    try:
        read()
    except ListRefused:
        pass
    finally:
        monitoring.set_events(tool, 0)
        monitoring.free_tool_id(tool)
    return count


@pytest.mark.parametrize("make", TEXTS.values(), ids=TEXTS)
def test_ten_times_the_text_is_about_ten_times_the_work(make: Callable[[int], str]) -> None:
    few, many = (steps(lambda n=n: read_text(make(n))) for n in (FEW, MANY))  # type: ignore[misc]
    assert many < GROWTH * few


def ods_of(content: str) -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def xlsx_of(sheet: str) -> bytes:
    return zipped({"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": sheet})


BOMBS: dict[str, Callable[[int], bytes]] = {
    "an ODS tag that is never closed": lambda n: ods_of(f"<table:table-cell{' table:formula="a"' * n}"),
    "attributes without end": lambda n: ods_of(f"<a {' '.join(f'b{i}="a"' for i in range(n))}/>"),
    "an XLSX cell with spaces behind": lambda n: xlsx_of(f"<sheetData><c><f/>{' ' * n * 7}"),
    "formulas that never end": lambda n: xlsx_of(f"<sheetData>{'<c><f>' * n}"),
    "counts that are never told": lambda n: xlsx_of(f"<sheetData{' count=' * n}"),
}


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_a_bomb_costs_no_more_than_its_size(make: Callable[[int], bytes]) -> None:
    few, many = (steps(lambda n=n: read_file(make(n), "bombe.xlsx")) for n in (FEW, MANY))  # type: ignore[misc]
    assert many < GROWTH * few


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_a_large_bomb_is_refused_for_what_it_is(make: Callable[[int], bytes]) -> None:
    """Not because it was given up: that takes many times as long."""
    with pytest.raises(ListRefused) as refused:
        apart.read_file(make(200_000), "bombe.xlsx")
    assert refused.value.code in {Refusal.BROKEN, Refusal.ZIP_BOMB}
