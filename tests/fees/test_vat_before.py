"""Invoices of suppliers that were accepted before their rules were kept stand under one each."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from cordee.fees import actions
from cordee.fees.models import ReceivedInvoice, ReceivedVat
from cordee.fees.queries import Stated
from cordee.invoices.content import VatRule
from cordee.network.models import Facilitator
from cordee.suppliers.models import Supplier
from cordee.suppliers.states import SupplierKind
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.migrating import before
from tests.money import approved, known_supplier, the_payable
from tests.papers import PDF
from tests.suppliers.stories import siret, vat_number


def accepted(cast: Cast, supplier: Supplier, by: Facilitator, vat: int) -> None:
    stated = Stated(
        number=f"F-{supplier.pk}",
        issued_on=date(2027, 1, 14),
        excl=Decimal(250),
        vat=Decimal(vat),
        total=Decimal(250 + vat),
    )
    received = actions.give_invoice(
        payable_id=the_payable(supplier).pk,
        content=PDF + f"% {supplier.pk}\n".encode(),
        stated=stated,
        by=cast.actor(by),
    )
    actions.accept_received(received_id=received.pk, by=cast.actor(cast.farid))


@pytest.mark.django_db(transaction=True)
def test_what_was_accepted_stands_under_its_rule(
    cast: Cast, now: MovableClock, settle: Callable[[], None]
) -> None:
    charging = known_supplier(
        cast, rule=VatRule.STANDARD, kind=SupplierKind.SOLE_TRADER, vat_number=vat_number(siret(1))
    )
    franchise = known_supplier(cast, cast.camille, 2)
    approved(cast, now, cast.noor, cast.camille)
    settle()
    accepted(cast, charging, cast.noor, 50)
    accepted(cast, franchise, cast.camille, 0)
    with before("fees", "0004_payables_in_payment") as apps:
        assert apps.get_model("fees", "ReceivedInvoice").objects.count() == 2
    rows = ReceivedVat.objects.order_by("received").values_list("received__supplier", "rule", "base", "vat")
    assert list(rows) == [
        (charging.pk, VatRule.STANDARD, 250, 50),
        (franchise.pk, VatRule.FRANCHISE, 250, 0),
    ]
    assert ReceivedInvoice.objects.count() == 2
