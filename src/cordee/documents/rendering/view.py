"""What the template prints of a sheet: every word decided, pictures put among the files."""

import re
from io import BytesIO
from typing import Any, Final

import segno

from cordee.documents.rendering.marks import cells
from cordee.documents.rendering.sheet_data import (
    DEFAULT_ACCENT,
    SheetData,
    SheetFacilitator,
    SheetOrganisation,
    SheetParticipant,
    SheetSchool,
)
from cordee.documents.rendering.wording import LABELS, columns, day_text, one_line, when
from cordee.pdf.coverage import printable
from cordee.pdf.pictures import as_svg

PORTRAIT_HALF_DAYS: Final = 3
"""With more half-days than this the page is turned."""


def view(
    sheet: SheetData, files: dict[str, bytes], *, with_logo: bool = True, pages: int = 0
) -> dict[str, Any]:
    """The sheet as the template reads it, its pictures put among the files.

    :param pages: how many it has, as its layout tells: each gets its own code. Without codes nothing moves.
    """
    labels = LABELS[sheet.language]
    count = len(sheet.half_days)
    printed_on = day_text(sheet.printed_on, "d MMM y", sheet.language)
    return {
        "language": sheet.language,
        "label": labels["final"] if sheet.final else labels["sheet"],
        "reference": one_line(sheet.session_ref),
        "title": _title(sheet),
        "when": when(sheet),
        "facts": _facts(sheet),
        "organisation": one_line(sheet.organisation.name),
        "accent": readable_colour(sheet.organisation.accent_colour),
        "logo": logo_file(sheet.organisation.logo, files) if with_logo else None,
        "codes": [qr_file(sheet.page_address(page), files) for page in range(1, pages + 1)],
        "qr_alt": f"{labels['qr']} {sheet.session_ref}",
        "landscape": count > PORTRAIT_HALF_DAYS,
        "box_width": _BOX_WIDTHS.get(count, 200 / count),
        "name_head": labels["name_head"],
        "tick_head": "" if sheet.final else labels["absent"],
        "final": sheet.final,
        "narrow": _BOX_WIDTHS.get(count, 0) < _NARROW,
        "columns": columns(sheet),
        "people": [
            _person(person, labels) | {"cells": cells(person.marks, files)} for person in sheet.participants
        ],
        "signers": [
            _signer(facilitator, labels) | {"cells": cells(facilitator.marks, files)}
            for facilitator in sheet.facilitators
        ],
        "blank_rows": max(0, sheet.blank_rows),
        "school": _school(sheet.school, labels, files) if sheet.school else None,
        "notes": _notes(sheet, labels),
        "legal": _legal_of(sheet.organisation),
        "page_word": labels["page"],
        "edition": one_line(sheet.session_ref) + ("" if sheet.final else f" · v{sheet.version}"),
        "printed": f"{labels['established' if sheet.final else 'printed']} {printed_on}",
    }


_BOX_WIDTHS: Final = {1: 62, 2: 46, 3: 36, 4: 46, 5: 38.5, 6: 33}
"""Width in mm of a box to sign, by number of half-days (the page turns after the third)."""
_NARROW: Final = 42
"""Under this width in mm the period and the times of a column are one under the other."""


def _title(sheet: SheetData) -> str:
    """The title, or the reference where nothing of it can be seen: an accessible document has a heading."""
    title = one_line(printable(sheet.title))
    return title if any(char.isprintable() and char != " " for char in title) else sheet.session_ref


def _notes(sheet: SheetData, labels: dict[str, str]) -> str:
    if sheet.final:
        return labels["final_notes"]
    return labels["notes"] + (f" {labels['walk_in']}" if sheet.blank_rows > 0 else "")


def _school(school: SheetSchool, labels: dict[str, str], files: dict[str, bytes]) -> dict[str, Any]:
    """What the school's contact fills in and signs, as fields of (label, what stands there)."""
    (signed,) = cells([school.mark], files)
    fields = (
        ("class", school.class_name),
        ("headcount", school.present),
        ("contact", school.name),
    )
    return {
        "title": labels["school"],
        "fields": [(labels[key], one_line(value)) for key, value in fields],
        "signature": labels["signature"],
        "signed": signed,
    }


def _person(person: SheetParticipant, labels: dict[str, str]) -> dict[str, Any]:
    code = f"{labels['code']} {person.code}" if person.code else ""
    return {
        "name": one_line(person.last_name),
        "first_name": one_line(person.first_name),
        "role": "",
        "detail": one_line(person.email or code),
    }


def _signer(facilitator: SheetFacilitator, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "name": _full_name(facilitator),
        "first_name": "",
        "role": one_line(labels.get(f"role_{facilitator.role}", facilitator.role)),
        "detail": labels["certifies"],
    }


def _full_name(facilitator: SheetFacilitator) -> str:
    return one_line(f"{facilitator.first_name} {facilitator.last_name}")


def _facts(sheet: SheetData) -> list[list[tuple[str, str]]]:
    """What stands under the title, as columns of (label, value); more columns where the page is wide."""
    labels = LABELS[sheet.language]
    names = ", ".join(map(_full_name, sheet.facilitators))
    place = "\n".join(filter(None, map(one_line, sheet.place.splitlines())))
    client, where = (labels["client"], one_line(sheet.client_name)), (labels["place"], place)
    service = (labels["service"], one_line(sheet.service_name))
    who, mission = (labels["facilitation"], names), (labels["mission"], one_line(sheet.mission_ref))
    if len(sheet.half_days) > PORTRAIT_HALF_DAYS:
        columns = [[client, service], [where], [who, mission]]
    else:
        columns = [[client, where], [who, service, mission]]
    return [[pair for pair in column if pair[1]] for column in columns]


def _legal_of(organisation: SheetOrganisation) -> str:
    return legal_line(
        name=organisation.name,
        legal_form=organisation.legal_form,
        siret=organisation.siret,
        number=organisation.activity_declaration_number,
        region=organisation.prefect_region,
    )


def legal_line(*, name: str, legal_form: str, siret: str, number: str, region: str) -> str:
    """Identity, then the only wording the law allows about the declaration of activity (always in French)."""
    parts = [", ".join(filter(None, (name, legal_form)))]
    if siret:
        parts.append(f"SIRET {_grouped_siret(siret)}")
    if number:
        prefect = f" auprès du préfet de la région {region}" if region else ""
        number = "\u00a0".join(number.split())
        parts.append(
            f"Déclaration d’activité enregistrée sous le numéro {number}{prefect}."
            " Cet enregistrement ne vaut pas agrément de l’État."
        )
    return one_line(" · ".join(parts))


_SIRET_LENGTH: Final = 14


def _grouped_siret(siret: str) -> str:
    digits = "".join(siret.split())
    if len(digits) != _SIRET_LENGTH:
        return siret
    return f"{digits[:3]}\u00a0{digits[3:6]}\u00a0{digits[6:9]}\u00a0{digits[9:]}"


# --- pictures


def qr_file(url: str, files: dict[str, bytes]) -> str:
    """The name of the QR code of an address among the files."""
    name = f"qr-{len(files)}.svg"
    buffer = BytesIO()
    segno.make(url, error="m", micro=False).save(buffer, kind="svg", border=0)
    files[name] = buffer.getvalue()
    return name


def logo_file(logo: bytes | None, files: dict[str, bytes]) -> str | None:
    """The name of the picture among the files: one copy however many sheets show it."""
    if not logo:
        return None
    picture = as_svg(logo, width=_LOGO_FRAME[0], height=_LOGO_FRAME[1])
    for name, content in files.items():
        if content == picture:
            return name
    name = f"logo-{len(files)}.svg"
    files[name] = picture
    return name


_LOGO_FRAME: Final = (36, 13)
"""Largest width and height in mm, as in the template."""

_LEAST_CONTRAST: Final = 3.0
"""On white, for large or bold text (WCAG 2)."""


def readable_colour(colour: str) -> str:
    """The accent colour, or the default where it is not one or is too pale on white."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return DEFAULT_ACCENT
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return colour if 1.05 / (luminance + 0.05) >= _LEAST_CONTRAST else DEFAULT_ACCENT


def _linear(channel: float) -> float:
    """A channel of sRGB, 0 to 1, as light (gamma of 2.2, near enough for a contrast)."""
    return float(channel**2.2)
