"""Putting the file of an audit together: an index as a page and as PDF, and a folder for each indicator."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import translation

from cordee.audits.models import Audit, Declaration
from cordee.audits.queries.indicators import indicators
from cordee.audits.queries.packing import sample as tables
from cordee.audits.queries.packing.pages import LANGUAGE, Files, Folder, folder_page, index_page, index_pdf
from cordee.audits.queries.packing.sample import Sample, Table, sample_of
from cordee.audits.rules import Proven
from cordee.audits.states import Standing, in_force
from cordee.catalogue.states import QuestionnaireKind
from cordee.conformity import queries as conformity
from cordee.conformity.states import SheetState
from cordee.evidence import queries as evidence
from cordee.files import queries as files
from cordee.files.models import StoredFile
from cordee.files.queries import DamagedFile
from cordee.kernel.periods import local
from cordee.kernel.spreadsheets import as_csv
from cordee.kernel.zones import home
from cordee.organisation.queries import the_organisation


def packed(audit: Audit) -> bytes:
    """Return the file of an audit as ZIP, dated when it was asked for."""
    at = local(audit.asked_at, home())
    stamp = (at.year, at.month, at.day, at.hour, at.minute, 0)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in contents(audit).items():
            entry = ZipInfo(f"{audit.ref}/{name}", stamp)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, ZIP_DEFLATED)
    return out.getvalue()


def contents(audit: Audit) -> dict[str, bytes]:
    """Return the files of an audit by name; what is in them is in French."""
    on = local(audit.asked_at, home()).date()
    with translation.override(LANGUAGE):
        sample, text = sample_of(audit), in_force(on)
        found = indicators(audit.since, audit.until, on=on)
        proofs = _proofs(sample, audit)
        folders = [_folder(one, proofs.get(one.indicator.number, {}), on) for one in found]
        made: dict[str, bytes] = {
            "index.html": index_page(audit, sample, text, folders),
            "index.pdf": index_pdf(audit, sample, text, folders, on),
        }
        for folder in folders:
            if folder.proven.standing != Standing.NOT_APPLICABLE:
                made[f"{folder.name}/index.html"] = folder_page(audit, folder)
                made |= {f"{folder.name}/{name}": content for name, content in folder.kept.items()}
    return made


def _folder(proven: Proven, proofs: Files, on: date) -> Folder:
    declared = [d for d in proven.declared if d.valid_until is None or d.valid_until >= on]
    return Folder(proven, declared, {**proofs, **dict(_declared(declared))})


def _declared(declared: list[Declaration]) -> Iterator[tuple[str, bytes | None]]:
    for one in declared:
        if one.file:
            yield f"declared-{one.pk}.pdf", _stored(one.file)


def _proofs(sample: Sample, audit: Audit) -> dict[int, Files]:
    """Return the files that prove each indicator on the missions of the audit."""
    sessions = _csv("sessions", tables.sessions_table(sample))
    presence = _csv("presence", tables.presence_table(sample))
    programmes = dict(_programmes(sample))
    versions = _csv("programmes", tables.programmes_table(sample))
    return {
        1: programmes,
        5: programmes,
        6: programmes | versions | sessions,
        8: _csv("placement", tables.answers_table(sample, QuestionnaireKind.PLACEMENT)),
        9: _csv("joining", tables.joining_table(sample)) | dict(_papers()),
        10: presence,
        11: _csv("assessments", tables.answers_table(sample, QuestionnaireKind.CHECK))
        | _csv("progress", tables.learned_table(sample))
        | _csv("certificates", tables.certificates_table(sample)),
        12: presence | dict(_sheets(sample)),
        17: sessions,
        18: sessions,
        19: sessions,
        21: sessions,
        27: _csv("suppliers", tables.suppliers_table(sample, audit)),
        30: _csv("surveys", tables.surveys_table(sample)),
        31: _csv("complaints", tables.complaints_table(sample)),
        32: versions,
    }


def _stored(file: StoredFile) -> bytes | None:
    return _unless_lost(partial(files.content, file))


def _unless_lost(read: Callable[[], bytes]) -> bytes | None:
    """Return what is read; None where the storage lost a file, or keeps other bytes than it was given: the pages say
    so. A storage that does not answer is another thing: the file of the audit is then made later.
    """
    try:
        return read()
    except (FileNotFoundError, DamagedFile):
        return None


def _csv(name: str, table: Table) -> Files:
    heads, rows = table
    return {f"{name}.csv": as_csv(heads, rows)}


def _programmes(sample: Sample) -> Iterator[tuple[str, bytes | None]]:
    """What was offered, as participants read it then: each version of the time of these missions' sessions."""
    for version in tables.programmes_of(sample):
        service = version.service_type
        name = f"programme-{service.code}-v{version.number}"
        if version.file:
            yield f"{name}.pdf", _stored(version.file)
        elif version.text:
            yield f"{name}.txt", f"{service.name}\n\n{version.text}\n".encode("utf-8-sig")


def _papers() -> Iterator[tuple[str, bytes | None]]:
    organisation = the_organisation()
    papers: dict[str, StoredFile | None] = {
        "internal-rules.pdf": organisation.internal_rules,
        "welcome-booklet.pdf": organisation.welcome_booklet,
    }
    for name, stored in papers.items():
        if stored:
            yield name, _stored(stored)


def _sheets(sample: Sample) -> Iterator[tuple[str, bytes | None]]:
    """The signed sheets that quality accepted: the names on them are what they prove."""
    reviews = conformity.reviews([session.pk for session in sample.sessions])
    for session in sample.sessions:
        review = reviews.get(session.pk)
        if review and review.state == SheetState.ACCEPTED:
            yield f"sheet-{session.ref}.pdf", _unless_lost(partial(evidence.final_sheet, session))
