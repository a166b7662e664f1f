"""What is said once files were deposited, and where one goes from there."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import ngettext

from cordee.deposits.actions import Deposited
from cordee.web.request import Request


def tell(request: Request, done: Deposited) -> None:
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


def where_to_look(done: Deposited) -> str:
    """Return the page of the deposit; of files that were all there before, that of the first one."""
    deposit_id = done.deposit.pk if done.deposit else done.known[0].deposit_id
    return reverse("deposit", args=[deposit_id])
