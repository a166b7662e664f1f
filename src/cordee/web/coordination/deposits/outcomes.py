"""What is said once files were deposited, and where one goes from there."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import ngettext

from cordee.deposits import queries, rules
from cordee.deposits.actions import Deposited
from cordee.deposits.models import DepositedFile
from cordee.kernel.actor import Actor
from cordee.web.request import Request


def tell(request: Request, done: Deposited, actor: Actor) -> None:
    """Say what became of the files that were given."""
    if n := len(done.new):
        messages.success(
            request,
            ngettext("%(n)d file is kept, and is being read.", "%(n)d files are kept, and are being read.", n)
            % {"n": n},
        )
    if n := len(done.known):
        messages.warning(
            request,
            ngettext(
                "%(n)d file was deposited before: it is there once.",
                "%(n)d files were deposited before: they are there once.",
                n,
            )
            % {"n": n},
        )
    if n := sum(not _is_seen(file, actor) for file in done.known):
        messages.warning(
            request,
            ngettext(
                "%(n)d of them was given by somebody else, and is not yours to see: take a new photo of the sheet.",
                "%(n)d of them were given by somebody else, and are not yours to see: take new photos of the sheets.",
                n,
            )
            % {"n": n},
        )


def where_to_look(done: Deposited, actor: Actor, *, here: str) -> str:
    """Return the page of the deposit; of files that were all there before, that of the first one that somebody sees,
    else where they are.
    """
    if done.deposit:
        return reverse("deposit", args=[done.deposit.pk])
    seen = next((file for file in done.known if _is_seen(file, actor)), None)
    return reverse("deposit", args=[seen.deposit_id]) if seen else here


def _is_seen(file: DepositedFile, actor: Actor) -> bool:
    """Tell whether somebody may open the deposit of a file: as a whole, or a page of this one."""
    pages = queries.pages_of_file(file.pk)
    return rules.sees_deposit(file.deposit, actor) or any(rules.sees_page(page, actor) for page in pages)
