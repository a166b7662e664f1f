"""Invoices of other programs, of every profile; files that are odd, wrong, or meant to do harm."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.invoices.embedded import invoice_in, invoice_of
from cordee.invoices.reading import Doubt, ReadInvoice, ReadLine, ReadTax, received, sent
from tests.invoices.strangers import PROFILES, bomb, cii, factur_x, holding
from tests.suppliers.stories import siret, vat_number

OWN, IBAN = siret(1), "FR7630006000011234567890189"
CHARGED = {"excl": "250.00", "vat": "50.00", "total": "300.00", "rate": "20.00"}


def read(pdf: bytes) -> ReadInvoice:
    found = invoice_in(pdf)
    assert found is not None
    assert received(sent(found)) == found
    return found


def test_an_invoice_of_another_program_is_read_whole() -> None:
    assert read(factur_x(siret=OWN, vat_number=vat_number(OWN), iban=IBAN, **CHARGED)) == ReadInvoice(
        number="2027-7",
        issued_on=date(2027, 1, 15),
        currency="EUR",
        excl=Decimal(250),
        vat=Decimal(50),
        total=Decimal(300),
        seller="Noor van den Berg",
        sellers_siren=OWN[:9],
        sellers_vat_number=vat_number(OWN),
        iban=IBAN,
        lines=(ReadLine("Animation", Decimal(1), Decimal(250)),),
        taxes=(ReadTax(Decimal(20), Decimal(250), Decimal(50)),),
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_tells_what_it_holds(profile: str) -> None:
    found = read(factur_x(profile, siret=OWN, iban=IBAN, **CHARGED))
    assert (found.number, found.excl, found.vat, found.total) == ("2027-7", 250, 50, 300)
    assert (found.sellers_siren, found.iban, found.doubts) == (OWN[:9], IBAN, ())
    assert bool(found.lines) == (profile not in {"minimum", "basicwl"})
    assert bool(found.taxes) == (profile != "minimum")


def test_vat_that_is_not_told_is_what_the_totals_leave() -> None:
    without = re.sub(rb"<ram:TaxTotalAmount.*?</ram:TaxTotalAmount>", b"", cii("minimum", total="300.00"))
    assert invoice_of(without).vat == Decimal(50)


@pytest.mark.parametrize(
    "xml",
    [
        cii(total="260.00"),
        cii(lines=[("Animation", "240.00")]),
        cii(lines=[("Animation", "125.00"), ("Animation", "124.99")]),
        cii().replace(b"<ram:BasisAmount>250", b"<ram:BasisAmount>240"),
        cii().replace(b"<ram:CalculatedAmount>0.00", b"<ram:CalculatedAmount>9.99"),
        cii().replace(
            b"<ram:GrandTotalAmount>",
            b"<ram:GrandTotalAmount>250.00</ram:GrandTotalAmount><ram:GrandTotalAmount>",
        ),
    ],
    ids=["total", "line", "cent", "base", "tax", "twice"],
)
def test_what_contradicts_itself_is_doubtful(xml: bytes) -> None:
    assert invoice_of(xml).doubts == (Doubt.SUMS,)


def test_charges_and_allowances_stand_between_lines_and_total() -> None:
    between = (
        b"<ram:ChargeTotalAmount>20.00</ram:ChargeTotalAmount>"
        b"<ram:AllowanceTotalAmount>10.00</ram:AllowanceTotalAmount><ram:TaxBasisTotalAmount>"
    )
    xml = cii(lines=[("Animation", "240.00")])
    assert invoice_of(xml.replace(b"<ram:TaxBasisTotalAmount>", between)).doubts == ()


@pytest.mark.parametrize("figure", ["٢٥٠", "2_50", "12,50", "1e2", "+250", "", "9" * 5_000, "Infinity"])
def test_what_is_no_number_is_not_taken_for_one(figure: str) -> None:
    assert invoice_of(cii(total=figure)).total is None


@pytest.mark.parametrize("day", ["20271345", "2027011", "202701151", "15/01/2027", "٢٠٢٧٠١١٥", ""])
def test_what_is_no_day_is_not_taken_for_one(day: str) -> None:
    assert invoice_of(cii(day=day)).issued_on is None


def test_a_file_that_asks_for_a_password_says_so() -> None:
    assert read(holding({"factur-x.xml": cii()}, password="s3cret")).doubts == (Doubt.LOCKED,)


def test_the_same_invoice_under_two_names_is_one() -> None:
    both = holding({"factur-x.xml": cii(), "xrechnung.xml": cii(), "sheet.xml": b"<order/>"})
    assert read(both).number == "2027-7"


@pytest.mark.parametrize(
    "pdf",
    [
        bomb(100),
        holding({"factur-x.xml": cii(number="<a>" * 100_000 + "</a>" * 100_000)}),
        holding({"ZUGFeRD-invoice.xml": b'<a:CrossIndustryDocument xmlns:a="urn:ferd:1p0"/>'}),
        factur_x()[:-900],
    ],
    ids=["100 MB", "deep", "of 2014", "cut"],
)
def test_what_cannot_be_read_is_left_to_who_gave_it(pdf: bytes) -> None:
    found = invoice_in(pdf)
    assert found in {None, ReadInvoice(doubts=(Doubt.UNREADABLE,))}


@given(st.binary(max_size=300), st.integers(0, 2_500))
@settings(max_examples=60)
def test_whatever_the_xml_something_is_said_of_it(noise: bytes, at: int) -> None:
    xml = cii()
    for spoiled in (noise, xml[:at] + noise + xml[at:], xml[:at] + noise + xml[at + len(noise) :]):
        found = invoice_of(spoiled)
        assert received(sent(found)) == found
