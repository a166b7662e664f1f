"""The demo's sheets as they come out of a printer: white pictures with their layout."""

import io
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from cordee.demo.names import FACILITATORS, seeds
from cordee.documents.reading import layout_of
from cordee.documents.rendering import (
    SheetData,
    SheetFacilitator,
    SheetHalfDay,
    SheetOrganisation,
    SheetParticipant,
    render_sheet,
)
from cordee.scans.layouts import PageLayout

PER_MM: Final = 12
"""Pixels in a mm of paper before anything happens to it: 305 dpi."""
_DAY: Final = date(2026, 12, 3)
_FIRST, _LAST = seeds("first_names"), seeds("last_names")

type Picture = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Printed:
    """One page as printed."""

    code: str
    layout: PageLayout
    picture: Picture


@lru_cache(40)
def printed(people: int, half_days: int, facilitators: int, free: int, number: int) -> tuple[Printed, ...]:
    """Return the pages of a sheet; `number` makes it another session with other people."""
    chance = np.random.default_rng(number)
    sheet = SheetData(
        session_ref=f"S-2026-{number:04}-A",
        mission_ref=f"M-2026-{number:04}",
        version=1,
        title="Atelier La ville et le climat",
        client_name="Ville de Valmont",
        service_name="Atelier de 7 h",
        half_days=tuple(map(_half_day, range(half_days))),
        place="Hôtel de ville\n1 place de la République, 99000 Valmont",
        facilitators=tuple(
            _facilitator(FACILITATORS[(number + i) % len(FACILITATORS)]) for i in range(facilitators)
        ),
        participants=tuple(_person(chance) for _ in range(people)),
        organisation=SheetOrganisation(name="Cordée Formation", siret="12345678900012"),
        codes_at="HTTPS://MISSIONS.EXAMPLE/D/",
        printed_on=_DAY,
        blank_rows=free,
    )
    drawn = render_sheet(sheet)
    known = SimpleNamespace(layout=drawn.layouts[0])
    return tuple(
        Printed(sheet.page_address(page), layout_of(known, page), picture)
        for page, picture in enumerate(_pictures(drawn.content), 1)
    )


def _half_day(number: int) -> SheetHalfDay:
    day = _DAY + timedelta(days=number // 2)
    if number % 2:
        return SheetHalfDay(date=day, starts=time(14), ends=time(17, 30), period="afternoon")
    return SheetHalfDay(date=day, starts=time(9), ends=time(12, 30), period="morning")


def _facilitator(line: str) -> SheetFacilitator:
    first_name, last_name = line.partition("|")[0].split(" ", 1)
    return SheetFacilitator(first_name=first_name, last_name=last_name)


def _person(chance: np.random.Generator) -> SheetParticipant:
    first, last = str(chance.choice(_FIRST)), str(chance.choice(_LAST))
    return SheetParticipant(first_name=first, last_name=last, email="personne@valmont.example")


def _pictures(content: bytes) -> list[Any]:
    with pypdfium2.PdfDocument(io.BytesIO(content)) as pdf:
        pages = [
            page.render(scale=PER_MM * 25.4 / 72, prefer_bgrx=False).to_numpy()[:, :, :3] for page in pdf
        ]
        return [np.ascontiguousarray(page).copy() for page in pages]
