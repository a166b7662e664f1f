"""The bank's file: valid, exact, and the same each time."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.kernel.money import Money
from cordee.payments.queries.bank_file import Account, NotAPaymentFile, Order, Place, Transfer, written

PAYER = Account(
    holder="Organisme de formation des Écrins",
    iban="FR7630006000011234567890189",
    bic="AGRIFRPP",
    place=Place(street="3 rue de l’Église", postal_code="38000", town="Grenoble"),
)


def transfer(
    amount: str,
    *,
    n: int = 1,
    name: str = "Zoé Müller",
    iban: str = "DE89370400440532013000",
    town: str = "Köln",
    remittance: str = "ZM-2026-0001",
) -> Transfer:
    return Transfer(
        reference=f"V2026-0001-{n}",
        amount=Money(Decimal(amount)),
        to=Account(holder=name, iban=iban, place=Place(town=town, country="DE")),
        remittance=remittance,
    )


def order(*transfers: Transfer) -> Order:
    return Order(
        reference="V2026-0001",
        made_at=datetime(2026, 12, 1, 8, 30, tzinfo=UTC),
        execute_on=date(2026, 12, 3),
        payer=PAYER,
        transfers=transfers,
    )


def found(xml: bytes, tag: str) -> list[str]:
    return re.findall(rf"<{tag}(?: [^>]*)?>([^<]*)</{tag}>", xml.decode())


def test_it_says_who_pays_whom_how_much_and_when() -> None:
    xml = written(order(transfer("250.00"), transfer("99.95", n=2, name="Coopérative l’Élan")))
    assert found(xml, "MsgId") == found(xml, "PmtInfId") == ["V2026-0001"]
    assert found(xml, "CreDtTm") == ["2026-12-01T08:30:00Z"]
    assert found(xml, "Dt") == ["2026-12-03"]
    assert found(xml, "InstdAmt") == ["250.00", "99.95"]
    assert found(xml, "CtrlSum") == ["349.95", "349.95"]
    assert found(xml, "NbOfTxs") == ["2", "2"]
    assert found(xml, "EndToEndId") == ["V2026-0001-1", "V2026-0001-2"]
    assert found(xml, "IBAN") == [PAYER.iban, *["DE89370400440532013000"] * 2]


def test_addresses_are_structured_and_names_in_letters_every_bank_reads() -> None:
    xml = written(order(transfer("1.00")))
    assert found(xml, "AdrLine") == []
    assert found(xml, "TwnNm") == ["Grenoble", "Koln"]
    assert found(xml, "Nm")[-1] == "Zoe Muller"
    assert b"BIC>" not in xml  # in this version it is called BICFI


@pytest.mark.parametrize(
    "words",
    [
        "Нижний Новгород Нижегородская область",
        "重慶市渝中區解放碑街道民族路",
        "🦊",
        "ß" * 70,
        "N\x0b1\x00",
        "é" * 300,
    ],
)
def test_whatever_script_a_name_and_a_town_are_in_the_bank_takes_it(words: str) -> None:
    xml = written(order(transfer("1.00", name=words, town=words, remittance=words)))
    assert 0 < len(found(xml, "Nm")[-1]) <= 70
    assert 0 < len(found(xml, "TwnNm")[-1]) <= 35
    assert 0 < len(found(xml, "Ustrd")[-1]) <= 140


def test_the_same_order_is_the_same_file() -> None:
    asked = order(transfer("250.00"))
    assert written(asked) == written(asked)


@pytest.mark.parametrize("bad", ["FR76", "DE89 3704", ""], ids=["short", "with spaces", "empty"])
def test_what_no_bank_takes_is_refused_before_it_leaves(bad: str) -> None:
    with pytest.raises(NotAPaymentFile):
        written(order(transfer("1.00", iban=bad)))


def test_nothing_to_pay_is_no_file() -> None:
    with pytest.raises(NotAPaymentFile):
        written(order())


@given(st.lists(st.integers(1, 99_999_999), min_size=1, max_size=20))
def test_the_control_sum_is_the_sum_to_the_cent(cents: list[int]) -> None:
    asked = [transfer(f"{c // 100}.{c % 100:02d}", n=n) for n, c in enumerate(cents)]
    xml = written(order(*asked))
    total = sum(cents)
    assert found(xml, "CtrlSum") == [f"{total // 100}.{total % 100:02d}"] * 2
    assert order(*asked).total == Money(Decimal(total) / 100)
