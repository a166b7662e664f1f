"""`cordee participants`: a client's list put on a session, as the page does it; somebody erased."""

import json
from argparse import Namespace
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.cli.printing import Stop, explain, say, table
from cordee.enrolment import actions
from cordee.enrolment.queries import JudgedRow, judged, missed, read_file
from cordee.enrolment.rules.wording import on_line
from cordee.enrolment.states import GOOD_ROWS, RowStatus
from cordee.erasure.actions import erase_participant
from cordee.erasure.queries import known_as
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Refused
from cordee.lists.results import MAX_BYTES
from cordee.planning.queries import session_by_ref

SOME_ROWS_BAD, REFUSED = 1, 2


def answer(asked: Namespace) -> int:
    """Do what was asked of participants."""
    if asked.what == "erase":
        return erase(asked.who)
    return import_list(asked.session, asked.file, dry_run=asked.dry_run, as_json=asked.json)


def import_list(ref: str, file: str, *, dry_run: bool, as_json: bool) -> int:
    """Enrol the good rows of a file and print what each row is; with `dry_run` only print.

    Return 0 when every row is good, 1 when some are not, 2 when the file or the whole list is refused.
    """
    try:
        return _import(ref, file, dry_run=dry_run, as_json=as_json)
    except Refused as refused:
        explain(refused.blockers)
        return REFUSED


def erase(who: str) -> int:
    """Erase the participant with an address or a number; of several with one address, print them with their numbers."""
    found = known_as(who.strip())
    if not found:
        raise Stop(_("There is no participant %(who)s.") % {"who": who}, code=REFUSED)
    if len(found) > 1:
        rows = [(str(one.pk), one.full_name, one.client.name) for one in found]
        print("\n".join(table((_("No."), _("Name"), _("Client")), rows)))
        raise Stop(_("Several people have this address: give the number of one."), code=REFUSED)
    try:
        erase_participant(participant_id=found[0].pk, by=COMMAND)
    except Refused as refused:
        explain(refused.blockers)
        return REFUSED
    say(_("Erased: figures stay, and what proves a training as it was signed, sealed, printed or certified."))
    return 0


def _import(ref: str, file: str, *, dry_run: bool, as_json: bool) -> int:
    session = session_by_ref(ref.strip().upper())
    if session is None:
        raise Stop(
            _("There is no session %(ref)s. `cordee missions show REF` gives those of a mission.")
            % {"ref": ref},
            code=REFUSED,
        )
    people = read_file(_content(file), Path(file).name)
    rows = judged(session, people.rows)
    good = [row for row in rows if row.status in GOOD_ROWS]
    if good and not dry_run:
        actions.enrol_list(session_id=session.pk, rows=rows, aside=missed(people), by=COMMAND)
    if as_json:
        print(json.dumps(_whole(session.ref, rows, dry_run=dry_run), ensure_ascii=False, indent=2))
    else:
        _print(rows, dry_run=dry_run)
    return 0 if len(good) == len(rows) else SOME_ROWS_BAD


def _content(file: str) -> bytes:
    try:
        with Path(file).open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise Stop(
            _("%(file)s cannot be read: %(reason)s.") % {"file": file, "reason": error.strerror or error},
            code=REFUSED,
        ) from error


def _whole(ref: str, rows: list[JudgedRow], *, dry_run: bool) -> dict[str, Any]:
    return {
        "session": ref,
        "dry_run": dry_run,
        "rows": [_row(row) for row in rows],
        "counts": _counts(rows),
    }


def _counts(rows: list[JudgedRow]) -> dict[str, int]:
    counted = Counter(row.status for row in rows)
    return {"rows": len(rows), **{str(status): counted[status] for status in RowStatus}}


def _row(row: JudgedRow) -> dict[str, Any]:
    read = row.row
    return {
        "line": read.line,
        "email": read.email,
        "first_name": read.first_name,
        "last_name": read.last_name,
        "group": read.group,
        "status": row.status,
        "problems": row.problems,
        "suggestion": {n: v for n, v in asdict(read.suggestion).items() if v is not None}
        if read.suggestion
        else None,
    }


def _print(rows: list[JudgedRow], *, dry_run: bool) -> None:
    words = {
        RowStatus.NEW: _("new"),
        RowStatus.KNOWN: _("known at the client’s"),
        RowStatus.ENROLLED: _("on the list already"),
        RowStatus.COMPLETES: _("on the list already, completed"),
        RowStatus.DUPLICATE: _("twice"),
        RowStatus.INVALID: _("to correct"),
    }
    heads = (_("Line"), _("State"), _("E-mail"), _("First name"), _("Last name"))
    cells = ((str(r.row.line), words[r.status], r.row.email, r.row.first_name, r.row.last_name) for r in rows)
    for line in table(heads, cells):
        print(line)
    for row in rows:
        for problem in [*row.problems, *row.remarks]:
            proposal = f" → {row.proposal}" if row.proposal else ""
            print(on_line(row.row.line, problem) + proposal)
    counts = _counts(rows)
    n = counts[RowStatus.NEW] + counts[RowStatus.KNOWN]
    told = (
        ngettext("%(n)d person would be enrolled.", "%(n)d people would be enrolled.", n)
        if dry_run
        else ngettext("%(n)d person enrolled.", "%(n)d people enrolled.", n)
    )
    print(told % {"n": n})
