"""`cordee invoices check` and `export`: whether invoices follow the rules, and a month of them in a folder."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cordee.cli.printing import Stop, say
from cordee.files import queries as files
from cordee.invoices import actions, queries
from cordee.invoices.checking import Checked, Finding, NotAnInvoice, check
from cordee.invoices.models import Invoice
from cordee.kernel.periods import Month
from cordee.kernel.spreadsheets import amount_cell, as_csv
from cordee.kernel.whole import write_whole

FOUND, NOT_READ = 1, 2
_MONTH = re.compile(r"((?:19|20|21)[0-9]{2})-(0[1-9]|1[0-2])")
_LIST = "invoices.csv"


def check_files(names: list[str], *, as_json: bool) -> int:
    """Check Factur-X files of anybody, with no database and no network, and print what is wrong with them.

    Return 0 when all are valid, 1 when a rule does not hold, 2 when a file is no invoice.
    """
    told: list[dict[str, Any]] = []
    unread = False
    for name in names:
        try:
            told.append(_told(name, check(Path(name).read_bytes())))
        except OSError as error:
            unread = True
            say(_("%(file)s cannot be read: %(reason)s.") % {"file": name, "reason": error.strerror or error})
        except NotAnInvoice as error:
            unread = True
            say(_said(str(error)) % {"file": name})
        except ModuleNotFoundError as error:
            raise Stop(
                _(
                    "Checking invoices needs a package that is not installed: `./cordee invoices check` brings it, "
                    "or `pip install cordee[validators]`."
                ),
                code=NOT_READ,
            ) from error
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for one in told:
            print("\n".join(_lines(one)))
    return NOT_READ if unread else 0 if all(one["valid"] for one in told) else FOUND


def _told(name: str, checked: Checked) -> dict[str, Any]:
    return {"file": name, "valid": checked.is_valid, **asdict(checked)}


def _lines(one: dict[str, Any]) -> Iterator[str]:
    words = _("%(file)s: valid.") if one["valid"] else _("%(file)s: NOT valid.")
    yield words % one
    yield "  " + _("Invoice %(number)s, type %(kind)s, profile %(profile)s; checked: %(by)s.") % {
        **one,
        "by": ", ".join(one["rules"]),
    }
    for finding in (Finding(**found) for found in one["findings"]):
        yield f"  {'✗' if finding.is_error else '!'} {finding.rule}: {finding.text}"
        if finding.where:
            yield f"    {finding.where}"


def _said(why: str) -> str:
    return {
        "damaged": _("%(file)s is damaged, and cannot be read."),
        "locked": _("%(file)s is locked by a password: save it without one."),
        "no_xml": _("%(file)s holds no invoice: neither a Factur-X PDF, nor its XML."),
        "no_profile": _("%(file)s holds an invoice of a profile that is not known."),
    }[why]


def export(month: str, *, out: str) -> int:
    """Write the invoices issued in a month (`YYYY-MM`) into a folder, each as a PDF, with a list of them as CSV.

    What is not drawn yet is drawn. Return 0, or 1 when an invoice could not be written.
    """
    given = _MONTH.fullmatch(month)
    if not given:
        raise Stop(_("“%(given)s” is not a month such as 2027-01.") % {"given": month})
    folder = Path(out)
    missing = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        of_month = queries.of_month(Month(int(given[1]), int(given[2]))).select_related("credits")
        invoices = list(of_month)
        for invoice in invoices:
            missing += not _write(invoice, folder)
        write_whole(folder / _LIST, as_csv(_heads(), map(_cells, invoices)))
    except OSError as error:
        raise Stop(f"{error.filename}: {error.strerror}") from error
    written = len(invoices) - missing
    print(_("%(folder)s: %(n)d of %(all)d written.") % {"folder": folder, "n": written, "all": len(invoices)})
    return FOUND if missing else 0


def _write(invoice: Invoice, folder: Path) -> bool:
    if invoice.file_id is None:
        actions.keep_file(invoice.pk)
    kept = queries.file_of(invoice.pk)
    if kept is None:
        say(_("%(number)s could not be drawn: there may be no space.") % {"number": invoice.number})
        return False
    write_whole(folder / f"{invoice.number.replace('/', '-')}.pdf", files.content(kept))
    return True


def _heads() -> list[str]:
    return [
        _("Number"),
        _("Kind"),
        _("Supplier"),
        _("Issued on"),
        _("Due on"),
        _("Total excl. VAT"),
        _("VAT"),
        _("Total incl. VAT"),
        _("State"),
        _("Corrects"),
    ]


def _cells(invoice: Invoice) -> list[str]:
    return [
        invoice.number,
        invoice.get_kind_display(),
        invoice.seller,
        invoice.issued_on.isoformat(),
        invoice.due_on.isoformat(),
        amount_cell(invoice.total_excl),
        amount_cell(invoice.vat),
        amount_cell(invoice.total),
        invoice.get_state_display(),
        invoice.credits.number if invoice.credits else "",
    ]
