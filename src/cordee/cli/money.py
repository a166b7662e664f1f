"""`cordee fees audit`, `payments month-end`, `payments export`: whether the money adds up, what is paid, its file."""

import json
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.cli.printing import Stop, say
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.kernel.days import LONG, day_text
from cordee.kernel.money import Money
from cordee.kernel.periods import Month
from cordee.kernel.whole import write_whole
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


def month_end(*, simulate: bool) -> int:
    """Bill and prepare for payment everything that is due by the end of this month; or only say what would be paid, and
    what is left out and why. Run again, it changes nothing. Raises Refused.
    """
    today = clock.today()
    due_by = Month.of(today).last_day
    ready, left = queries.proposals(by_day=due_by)
    batch = None
    if not simulate:
        batch = actions.month_end(due_by=due_by, execute_on=today + timedelta(days=1), by=COMMAND)
        ready = []
        left = queries.proposals(by_day=due_by)[1]
    for proposal in ready:
        print(f"{proposal.parts[0].payable.supplier.name}: {proposal.amount}")
    for due in left:
        print("; ".join(f"{blocker.message} {blocker.fix}".strip() for blocker in due.blockers) or due.number)
    if batch:
        said = _("%(ref)s is prepared: %(amount)s. A second person approves it.")
        print(
            said
            % {
                "ref": batch.ref,
                "amount": Money.total(Money(p.amount) for p in queries.payments_of(batch.pk)),
            }
        )
    elif not ready:
        print(
            _("There is nothing more to pay by %(day)s.")
            % {"day": day_text(due_by, LONG, get_language() or "fr")}
        )
    return 0


def export(ref: str, *, out: str) -> int:
    """Write the bank's file of an approved batch; written again, it is the same. Raises Refused."""
    batch = queries.batch_by_ref(ref)
    if batch is None:
        raise Stop(_("There is no batch %(ref)s.") % {"ref": ref})
    content = actions.export(batch_id=batch.pk, by=COMMAND)
    try:
        write_whole(Path(out), content)
    except OSError as error:
        raise Stop(
            _("%(file)s cannot be written: %(reason)s.") % {"file": out, "reason": error.strerror or error}
        ) from error
    say(_("%(file)s: %(ref)s, for the bank.") % {"file": out, "ref": ref})
    return 0
