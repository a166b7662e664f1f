"""Who keeps the books, and when a month can be closed."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cordee.accounting.models import Accounts
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.periods import Month
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn


def may_keep_books(actor: Actor) -> Iterator[Blocker]:
    """Finance keeps the books."""
    if not actor.may(Permission.PAY):
        yield Blocker("not_finance", _("Only finance keeps the books."), _("Ask finance."), Turn.FINANCE)


def can_be_closed(month: Month, first_open: Month | None) -> Iterator[Blocker]:
    """Months are closed in their order, once they are over: what is written stays, numbers follow the calendar."""
    if first_open is None or month.first_day < first_open.first_day:
        yield Blocker(
            "month_closed",
            _("Nothing of this month is left to write."),
            _("Load the page again: it may have been closed meanwhile."),
            Turn.FINANCE,
        )
    elif month.next.first_day > clock.today():
        yield Blocker(
            "month_not_over",
            _("This month is not over."),
            _("Close it from the first day of the next one on."),
            Turn.TIME,
        )


def accounts_are_right(accounts: Accounts) -> Iterator[Blocker]:
    """Accounts and journals look like those of the general chart, and the two journals are not one."""
    try:
        accounts.clean_fields()
    except ValidationError as error:
        for field, problems in error.message_dict.items():
            yield Blocker("wrong_account", " ".join(problems), "", Turn.FINANCE, field=field)
    if accounts.purchases_journal == accounts.bank_journal:
        yield Blocker(
            "one_journal",
            _("Purchases and bank are two journals."),
            _("Give each its own code: HA and BQ for instance."),
            Turn.FINANCE,
            field="bank_journal",
        )
