"""`cordee fees audit` and `cordee payments export`: whether the money adds up, and the bank's file of a batch."""

import json
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _

from cordee.cli.printing import Stop, say
from cordee.kernel.actor import COMMAND
from cordee.payments import actions, queries

FOUND = 1


def audit(*, as_json: bool) -> int:
    """Check everything that must be true of fees, invoices and payments, over the whole database; print what is not.

    Return 0 when everything adds up, 1 otherwise.
    """
    found = queries.audit()
    if as_json:
        print(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=2))
    elif not found:
        print(_("Everything adds up: no fee is paid twice, none is forgotten, no number is lost."))
    for finding in () if as_json else found:
        more = ", …" if finding.count > len(finding.rows) else ""
        print(f"{finding.message} ({finding.count}) {', '.join(finding.rows)}{more}")
    return FOUND if found else 0


def export(ref: str, *, out: str) -> int:
    """Write the bank's file of an approved batch; written again, it is the same. Raises Refused."""
    batch = queries.batch_by_ref(ref)
    if batch is None:
        raise Stop(_("There is no batch %(ref)s.") % {"ref": ref})
    content = actions.export(batch_id=batch.pk, by=COMMAND)
    try:
        Path(out).write_bytes(content)
    except OSError as error:
        raise Stop(
            _("%(file)s cannot be written: %(reason)s.") % {"file": out, "reason": error.strerror or error}
        ) from error
    say(_("%(file)s: %(ref)s, for the bank.") % {"file": out, "ref": ref})
    return 0
