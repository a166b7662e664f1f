"""The drawing of certificates: from their content to PDF."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, Final

from cordee.documents.rendering.certificate_data import CertificateContent
from cordee.documents.rendering.certificate_wording import (
    COMMITMENT,
    LABELS,
    NATURES,
    certified_when,
    hours_in_hundredths,
)
from cordee.documents.rendering.view import legal_line, logo_file, qr_file, readable_colour
from cordee.documents.rendering.wording import day_text, one_line
from cordee.kernel.days import LONG
from cordee.kernel.periods import minutes_text, times_text
from cordee.pdf.engine import RenderError, render
from cordee.pdf.pictures import NotAPictureError

TEMPLATE: Final = Path(__file__).parent.parent / "templates" / "certificate.typ"


def render_certificates(contents: Sequence[CertificateContent], logos: Mapping[str, bytes]) -> bytes:
    """One or many certificates in one file, each on a page of its own; `logos` by their SHA-256."""
    if not contents:
        raise ValueError("no certificate to draw")
    try:
        return _draw(contents, logos)
    except (RenderError, NotAPictureError):
        if not logos:
            raise
        return _draw(contents, {})  # a broken picture is left out: what is certified matters


def _draw(contents: Sequence[CertificateContent], logos: Mapping[str, bytes]) -> bytes:
    files: dict[str, bytes] = {}
    first = contents[0]
    label = LABELS[first["language"]]
    title = label[first["kind"]] if len(contents) == 1 else label["several"]
    document = {
        "title": f"{title} {first['number']}" if len(contents) == 1 else title,
        "language": first["language"],
        "certificates": [_view(content, logos, files) for content in contents],
    }
    dated = max(date.fromisoformat(content["issued_on"]) for content in contents)
    return render(TEMPLATE, document, dated=dated, files=files)


def _view(content: CertificateContent, logos: Mapping[str, bytes], files: dict[str, bytes]) -> dict[str, Any]:
    language, organisation = content["language"], content["organisation"]
    label = LABELS[language]
    issued = day_text(date.fromisoformat(content["issued_on"]), LONG, language)
    place = one_line(organisation["city"])
    replaces = content.get("replaces", "")
    return {
        "kind": content["kind"],
        "language": language,
        "label": label[content["kind"]],
        "number": content["number"],
        "organisation": one_line(organisation["name"]),
        "address": one_line(organisation["address"]),
        "logo": logo_file(logos.get(organisation["logo"]), files),
        "accent": readable_colour(organisation["accent_colour"]),
        "opening": _opening(content),
        "person": one_line(content["person"]),
        "standing": _who(content),
        "attended": label["attended"],
        "title": one_line(content["title"]),
        "facts": _facts(content),
        **_of_realisation(content),
        "made": label["made_at"].format(place=place, day=issued)
        if place
        else label["made"].format(day=issued),
        "replaces": label["replaces"].format(number=replaces) if replaces else "",
        "signed_by": one_line(organisation["representative"] or organisation["name"]),
        "signed_as": one_line(organisation["representative_role"]) if organisation["representative"] else "",
        "code": qr_file(content["confirmed_at"], files),
        "code_alt": f"{label['code']} {content['number']}",
        "check": label["check"],
        "check_at": content["confirmed_at"],
        "legal": legal_line(
            name=organisation["name"],
            legal_form=organisation["legal_form"],
            siret=organisation["siret"],
            number=organisation["activity_declaration_number"],
            region=organisation["prefect_region"],
        ),
    }


def _of_realisation(content: CertificateContent) -> dict[str, Any]:
    """What only the ministry's certificate of realisation has: the natures of an action, the commitment, a stamp."""
    label, is_one = LABELS[content["language"]], content["kind"] == "realisation"
    return {
        "natures": NATURES if is_one else [],
        "natures_head": label["natures"],
        "commitment": COMMITMENT if is_one else "",
        "stamp": label["stamp"] if is_one else "",
    }


def _opening(content: CertificateContent) -> str:
    label, organisation = LABELS[content["language"]], content["organisation"]
    words = label["declares"] if content["kind"] == "realisation" else label["certifies"]
    return words.format(
        name=one_line(organisation["representative"]),
        role=one_line(organisation["representative_role"]),
        organisation=one_line(organisation["name"]),
    )


def _who(content: CertificateContent) -> str:
    label, client = LABELS[content["language"]], one_line(content["client"])
    return (label["employed"] if content["employer"] else label["sent"]).format(client=client)


def _facts(content: CertificateContent) -> list[tuple[str, str]]:
    """The lines under the title: (label, value)."""
    label, language = LABELS[content["language"]], content["language"]
    first, last = (date.fromisoformat(content[name]) for name in ("first_day", "last_day"))
    facts = [(label["when"], certified_when(first, last, language))]
    if content["kind"] == "realisation":
        return [*facts, (label["duration"], hours_in_hundredths(content["minutes"], language))]
    return [
        *facts,
        (label["half_days"], "\n".join(_half_days(content))),
        (label["realised"], minutes_text(content["minutes"])),
        (label["mode"], label["remote"] if content["remote"] else label["on_site"]),
        *([(label["learned"], learned)] if (learned := learned_words(content)) else []),
        (label["ref"], content["ref"]),
    ]


def learned_words(content: CertificateContent, language: str = "") -> str:
    """Say what the check at the end found, and who says so, in the language of the certificate or another; nothing
    where none is certified.
    """
    found, label = content.get("learned"), LABELS.get(language) or LABELS[content["language"]]
    if not found:
        return ""
    words = label["level"] if found["before"] is None else label["progress"]
    basis = found.get("basis")
    return words.format(**found) + (f" ({label[f'basis_{basis}']})" if basis else "")


def _half_days(content: CertificateContent) -> Iterator[str]:
    language = content["language"]
    for half_day in content["half_days"]:
        day = day_text(date.fromisoformat(half_day["day"]), "EEEE d MMMM", language)
        starts, ends = (time.fromisoformat(half_day[name]) for name in ("starts", "ends"))
        colon = "\u00a0:" if language == "fr" else ":"
        yield f"{day}, {times_text(starts, ends, language)}{colon} {minutes_text(half_day['minutes'])}"
