"""Who may see and keep what is known of suppliers."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn


def may_keep(facilitator_ids: Collection[int], actor: Actor) -> Iterator[Blocker]:
    """Facilitators keep what is known of the supplier they bill through (`facilitator_ids`); finance helps them."""
    if actor.facilitator_id not in facilitator_ids and not actor.may(Permission.EDIT_SUPPLIERS):
        yield Blocker(
            "not_your_supplier",
            _("Only those who bill through this supplier, and finance, can change it."),
            _("Ask finance."),
            Turn.FINANCE,
        )


def may_speak_for(facilitator_ids: Collection[int], actor: Actor) -> Iterator[Blocker]:
    """A mandate is signed, and a bank account given, by those who bill through a supplier: never by the office, which
    makes the invoices and pays them.
    """
    if actor.facilitator_id not in facilitator_ids and actor.kind != ActorKind.COMMAND:
        yield Blocker(
            "only_the_supplier",
            _("Only those who bill through this supplier can do this: never the office, which pays it."),
            _("Ask them to do it on their page “How I am paid”."),
            Turn.FACILITATOR,
        )


def may_attach(actor: Actor) -> Iterator[Blocker]:
    """Who bills through a supplier that is known already sees its invoices: finance lets them in."""
    if not actor.may(Permission.EDIT_SUPPLIERS):
        yield Blocker(
            "not_finance",
            _("Only finance can let somebody bill through a supplier that is already known."),
            _("Ask finance."),
            Turn.FINANCE,
        )


def may_close(actor: Actor) -> Iterator[Blocker]:
    """That a supplier exists no more is said by finance, who looked it up."""
    if not actor.may(Permission.EDIT_SUPPLIERS):
        yield Blocker(
            "not_finance",
            _("Only finance closes a supplier, or opens it again."),
            _("Ask finance."),
            Turn.FINANCE,
        )


def may_see_accounts(facilitator_ids: Collection[int], actor: Actor) -> Iterator[Blocker]:
    """Whole bank account numbers and papers are shown to who pays, and to those who gave them."""
    if actor.facilitator_id not in facilitator_ids and not actor.may(Permission.VIEW_BANK_ACCOUNTS):
        yield Blocker(
            "not_for_you",
            _("Only finance, and those who bill through this supplier, can see this."),
            _("Ask finance."),
            Turn.FINANCE,
        )


def is_no_facilitator() -> Iterator[Blocker]:
    """Nobody of the network was found who might bill."""
    yield Blocker(
        "no_such_facilitator",
        _("No facilitator has this address."),
        _("Look it up on the page of people."),
        Turn.FINANCE,
        "email",
    )
