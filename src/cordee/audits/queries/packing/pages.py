"""The pages of the file of an audit: they open without Cordée, and load nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.audits.models import STANDING_LABELS, Audit, Declaration
from cordee.audits.queries.packing.sample import Sample
from cordee.audits.rules import Proven
from cordee.audits.states import CRITERIA, Referential, Standing
from cordee.kernel.days import LONG, day_text
from cordee.organisation.queries import the_organisation
from cordee.pdf.engine import render

LANGUAGE: Final = "fr"
"""Of the file: audits of the French referential are held in French."""
TEMPLATE: Final = Path(__file__).parents[2] / "templates" / "audit.typ"
_LOOK: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2528;"
    "background:#fff}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"
    "padding:.4rem .8rem .4rem 0;border-bottom:1px solid #b9b4aa}a{color:#0d5350}dt{color:#56605f}"
    "dd{margin:0 0 .6rem}"
)


type Files = dict[str, bytes | None]
"""Contents by name; None where the storage lost them."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of one indicator: what is declared and stands, and its files by name."""

    proven: Proven
    declared: list[Declaration]
    files: Files

    @property
    def kept(self) -> dict[str, bytes]:
        return {name: content for name, content in self.files.items() if content is not None}

    @property
    def name(self) -> str:
        return f"indicator-{self.proven.indicator.number:02d}"

    @property
    def title(self) -> str:
        return f"{self.proven.indicator.number}. {_(self.proven.indicator.title)}"

    @property
    def told(self) -> str:
        """What is in it, in a few words."""
        if self.proven.standing == Standing.NOT_APPLICABLE:
            return str(STANDING_LABELS[Standing.NOT_APPLICABLE])
        files, declared = len(self.kept), len(self.declared)
        lost = len(self.files) - files
        parts = {
            ngettext("%(n)d file", "%(n)d files", files): files,
            ngettext("%(n)d lost file", "%(n)d lost files", lost): lost,
            ngettext("%(n)d declared", "%(n)d declared", declared): declared,
        }
        told = ", ".join(words % {"n": n} for words, n in parts.items() if n)
        return told or (_("figures") if self.proven.figures else _("nothing"))


def _page(title: str, body: SafeString) -> bytes:
    html = format_html(
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title><style>{}</style>'
        "</head><body><main><h1>{}</h1>{}</main></body></html>",
        *(title, SafeString(_LOOK), title, body),
    )
    return html.encode()


def facts_of(audit: Audit, text: Referential) -> list[tuple[str, str]]:
    """Return what the audit is, label and value."""
    facts = [
        (_("Organisation"), the_organisation().name),
        (_("Referential"), _(text.name)),
        (_("Period"), f"{_day(audit.since)} – {_day(audit.until)}"),
    ]
    if not audit.seed:
        return [*facts, (_("Missions"), _("named by the auditor"))]
    return [
        *facts,
        (_("Missions"), _("drawn at random among %(among)d") % {"among": audit.among}),
        (_("Seed"), audit.seed),
        (_("How to draw again"), _("Those whose SHA-256 of “seed:reference” is the smallest.")),
    ]


def _day(day: date) -> str:
    return day_text(day, LONG, LANGUAGE)


def index_page(audit: Audit, sample: Sample, text: Referential, folders: Sequence[Folder]) -> bytes:
    body = format_html(
        '<dl>{}</dl><p><a href="index.pdf">index.pdf</a></p><h2>{}</h2><ul>{}</ul><h2>{}</h2><table>{}</table>',
        _pairs(facts_of(audit, text)),
        _("Missions"),
        format_html_join("", "<li>{} – {}</li>", [(m.ref, m.order.client.name) for m in sample.missions]),
        _("Indicators"),
        format_html_join("", "{}", [(row,) for row in _rows(folders)]),
    )
    return _page(_("Audit %(ref)s") % {"ref": audit.ref}, body)


def _rows(folders: Sequence[Folder]) -> list[SafeString]:
    rows, criterion = [], 0
    for folder in folders:
        if folder.proven.indicator.criterion != criterion:
            criterion = folder.proven.indicator.criterion
            rows.append(
                format_html(
                    '<tr><th colspan="2" scope="colgroup">{}. {}</th></tr>', criterion, _(CRITERIA[criterion])
                )
            )
        title = format_html("{}", folder.title)
        if folder.proven.standing != Standing.NOT_APPLICABLE:
            title = format_html('<a href="{}/index.html">{}</a>', folder.name, folder.title)
        rows.append(format_html("<tr><td>{}</td><td>{}</td></tr>", title, folder.told))
    return rows


def _pairs(facts: Sequence[tuple[str, str]]) -> SafeString:
    return format_html_join("", "<dt>{}</dt><dd>{}</dd>", facts)


def folder_page(audit: Audit, folder: Folder) -> bytes:
    """The page of one indicator: figures of the period, what is declared, and the files beside it."""
    figures = [
        (figure.label, str(figure.count) if figure.of is None else f"{figure.count} / {figure.of}")
        for figure in folder.proven.figures
    ]
    body = format_html(
        '<p><a href="../index.html">{}</a></p><h2>{}</h2>{}<h2>{}</h2>{}<h2>{}</h2>{}',
        _("Audit %(ref)s") % {"ref": audit.ref},
        _("Figures of the period"),
        format_html("<dl>{}</dl>", _pairs(figures)) if figures else _none(),
        _("What is declared"),
        _listed(
            format_html_join("", "<li>{} ({})</li>", [(d.words, _day(d.at.date())) for d in folder.declared])
        ),
        _("Files"),
        _listed(
            format_html_join(
                "", "<li>{}</li>", [(_file(name, content),) for name, content in folder.files.items()]
            )
        ),
    )
    return _page(folder.title, body)


def _listed(items: SafeString) -> SafeString:
    return format_html("<ul>{}</ul>", items) if items else _none()


def _none() -> SafeString:
    return format_html("<p>{}</p>", _("Nothing"))


def _file(name: str, content: bytes | None) -> SafeString:
    if content is None:
        lost = _("lost: its file is not in the storage any more, or is damaged")
        return format_html("{} ({})", name, lost)
    return format_html('<a href="{}">{}</a>', name, name)


def index_pdf(audit: Audit, sample: Sample, text: Referential, folders: Sequence[Folder], on: date) -> bytes:
    """The index on paper. Raises RenderError."""
    data = {
        "language": LANGUAGE,
        "title": _("Audit %(ref)s") % {"ref": audit.ref},
        "facts": [list(fact) for fact in facts_of(audit, text)],
        "missions_head": _("Missions"),
        "missions": [[mission.ref, mission.order.client.name] for mission in sample.missions],
        "indicators_head": _("Indicators"),
        "heads": [_("Indicator"), _("Folder"), _("Holds")],
        "indicators": [
            [
                folder.title,
                "" if folder.proven.standing == Standing.NOT_APPLICABLE else folder.name,
                folder.told,
            ]
            for folder in folders
        ],
        "made": _day(on),
    }
    return render(TEMPLATE, data, dated=on)
