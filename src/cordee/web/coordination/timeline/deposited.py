"""What the timeline says of signed sheets on paper."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.deposits import facts as deposits
from cordee.kernel.facts import Fact
from cordee.web.coordination.timeline.names import Names


def _deposited(fact: deposits.SheetsDeposited, names: Names) -> str:
    n = fact.files
    if fact.session_id is None:
        return ngettext(
            "%(n)d file with signed sheets deposited", "%(n)d files with signed sheets deposited", n
        ) % {"n": n}
    words = ngettext(
        "%(n)d file with signed sheets deposited for %(session)s",
        "%(n)d files with signed sheets deposited for %(session)s",
        n,
    )
    return words % {"n": n, "session": names.session(fact.session_id)}


def _read(fact: deposits.SheetPagesRead, names: Names) -> str:
    n = fact.pages
    if fact.session_id is None:
        return ngettext("%(n)d deposited page to be filed", "%(n)d deposited pages to be filed", n) % {"n": n}
    words = ngettext(
        "%(n)d signed page of %(session)s read, to be confirmed",
        "%(n)d signed pages of %(session)s read, to be confirmed",
        n,
    )
    return words % {"n": n, "session": names.session(fact.session_id)}


def _confirmed(fact: deposits.SheetPageConfirmed, names: Names) -> str:
    n = fact.signed
    words = (
        ngettext(
            "A signed page of %(session)s confirmed anew: %(n)d person signed",
            "A signed page of %(session)s confirmed anew: %(n)d people signed",
            n,
        )
        if fact.again
        else ngettext(
            "A signed page of %(session)s confirmed: %(n)d person signed",
            "A signed page of %(session)s confirmed: %(n)d people signed",
            n,
        )
    )
    return words % {"n": n, "session": names.session(fact.session_id)}


def _reopened(fact: deposits.SheetPageReopened, names: Names) -> str:
    return _("A confirmed page of %(session)s opened again") % {"session": names.session(fact.session_id)}


def _set_aside(fact: deposits.SheetPageSetAside, names: Names) -> str:
    if fact.session_id is None:
        return _("A deposited page taken up again") if fact.back else _("A deposited page set aside")
    words = (
        _("A deposited page of %(session)s taken up again")
        if fact.back
        else _("A deposited page of %(session)s set aside")
    )
    return words % {"session": names.session(fact.session_id)}


PRESENTERS: dict[type[Fact], Callable[[Any, Names], str]] = {
    deposits.SheetsDeposited: _deposited,
    deposits.SheetPagesRead: _read,
    deposits.SheetPageConfirmed: _confirmed,
    deposits.SheetPageReopened: _reopened,
    deposits.SheetPageSetAside: _set_aside,
}
