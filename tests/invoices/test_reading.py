"""What an invoice that somebody else made says of itself: read from any Factur-X, and nothing a file can do harms."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest

from cordee import apart
from cordee.invoices import embedded
from cordee.invoices.content import VatRule, totals
from cordee.invoices.drawing import facturx_of
from cordee.invoices.embedded import invoice_of
from cordee.invoices.reading import Doubt, ReadInvoice, ReadLine, read, received, sent
from tests.invoices.drafts import COMPANY, OF_EVERY_KIND, draft, line
from tests.invoices.test_drawing import content_of
from tests.papers import PDF

UNREADABLE = ReadInvoice(doubts=(Doubt.UNREADABLE,))


def holding(*files: tuple[str, bytes]) -> bytes:
    """Return a PDF of one page with these files in it."""
    document = pikepdf.new()
    document.add_blank_page()
    for name, content in files:
        document.attachments[name] = pikepdf.AttachedFileSpec(document, content, filename=name)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def cii(
    *, totals: str = "", head: str = "", lines: str = "", seller: str = "<ram:Name>Au Sommet</ram:Name>"
) -> bytes:
    """Return a bare invoice, as another program might write it."""
    spaces = " ".join(f'xmlns:{short}="{long}"' for short, long in embedded._SPACES.items())
    return f"""<?xml version="1.0"?>
<rsm:CrossIndustryInvoice {spaces}>
  <rsm:ExchangedDocument><ram:ID>2027-7</ram:ID><ram:TypeCode>380</ram:TypeCode>{head}
    <ram:IssueDateTime><udt:DateTimeString format="102">20270103</udt:DateTimeString></ram:IssueDateTime>
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>{lines}
    <ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty>{seller}</ram:SellerTradeParty>
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation>{totals}
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>""".encode()


SUMS = (
    "<ram:TaxBasisTotalAmount>{}</ram:TaxBasisTotalAmount>"
    '<ram:TaxTotalAmount currencyID="EUR">{}</ram:TaxTotalAmount><ram:GrandTotalAmount>{}</ram:GrandTotalAmount>'
)


@pytest.mark.parametrize("supplier", sorted(OF_EVERY_KIND))
def test_what_is_issued_here_is_read_as_it_was_written(supplier: str) -> None:
    content = content_of(OF_EVERY_KIND[supplier])
    found = read(facturx_of(content))
    assert found is not None
    due = totals(content.draft.lines)
    assert (found.number, found.issued_on, found.currency) == ("ROUX-00002", content.draft.issued_on, "EUR")
    assert (found.excl, found.vat, found.total) == (
        due.excl.amount,
        due.vat.amount,
        due.total.amount,
    )
    assert [line.amount for line in found.lines] == [one.amount.amount for one in content.draft.lines]
    assert found.doubts == ()


def test_who_sells_to_whom_and_where_it_is_paid() -> None:
    found = read(facturx_of(content_of(draft(COMPANY, line(vat=VatRule.STANDARD)))))
    assert found is not None
    assert (found.seller, found.sellers_siren, found.sellers_vat_number, found.buyers_siren, found.iban) == (
        "Atelier Névé SARL",
        "404833048",
        "FR83404833048",
        "732829320",
        "FR7630006000011234567890189",
    )


def test_the_least_that_a_profile_holds_is_enough() -> None:
    found = read(holding(("factur-x.xml", cii(totals=SUMS.format("260.00", "0", "260")))))
    assert found == ReadInvoice(
        number="2027-7",
        issued_on=date(2027, 1, 3),
        currency="EUR",
        excl=Decimal("260.00"),
        vat=Decimal("0.00"),
        total=Decimal("260.00"),
        seller="Au Sommet",
    )


def test_a_page_alone_holds_no_invoice() -> None:
    assert read(PDF) is None
    assert read(holding(("notes.xml", cii()))) is None


@pytest.mark.parametrize(
    ("xml", "doubt"),
    [
        (cii(totals=SUMS.format("250", "50", "310")), Doubt.SUMS),
        (cii(totals=SUMS.format("-250", "0", "-250")), Doubt.CREDIT),
        (cii().replace(b">380<", b">381<"), Doubt.CREDIT),
    ],
)
def test_what_makes_it_doubtful_is_told(xml: bytes, doubt: Doubt) -> None:
    assert invoice_of(xml).doubts == (doubt,)


def test_of_two_invoices_in_one_file_none_is_chosen() -> None:
    found = read(holding(("factur-x.xml", cii()), ("xrechnung.xml", cii(head=" "))))
    assert found == ReadInvoice(doubts=(Doubt.SEVERAL,))


BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("k"))
)


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<a/>",
        b"not xml",
        cii()[:400],
        BOMB + b"]>" + cii(head="<ram:Name>&j;</ram:Name>").partition(b"?>")[2],
        b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + cii().partition(b"?>")[2],
        b"<a>" * 100_000,
    ],
    ids=["nothing", "another", "text", "cut", "bomb", "file", "deep"],
)
def test_what_is_no_invoice_is_left_to_who_gave_it(xml: bytes) -> None:
    assert read(holding(("factur-x.xml", xml))) == UNREADABLE


def test_a_file_that_unpacks_to_gigabytes_ends_its_reader_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MEMORY", 10**9)
    packed = holding(("factur-x.xml", b" " * 400_000_000))
    assert len(packed) < 1_000_000
    assert read(packed) == UNREADABLE


def test_numbers_and_texts_have_bounds() -> None:
    found = invoice_of(
        cii(totals=SUMS.format("1e99", "NaN", "Infinity"), seller=f"<ram:Name>{'a' * 10_000}\x85</ram:Name>")
    )
    assert (found.excl, found.vat, found.total) == (None, None, None)
    assert len(found.seller) == 120


def test_another_currency_keeps_its_own_vat() -> None:
    xml = cii(totals=SUMS.format("100", "20", "120")).replace(b">EUR<", b">CHF<")
    euros, own = (b'<ram:TaxTotalAmount currencyID="%s">' % code for code in (b"EUR", b"CHF"))
    twice = xml.replace(euros, own + b"19</ram:TaxTotalAmount>" + euros)
    assert (invoice_of(twice).currency, invoice_of(twice).vat) == ("CHF", Decimal(19))


def test_what_is_sent_between_processes_comes_back_as_it_was() -> None:
    whole = ReadInvoice(
        number="É-1",
        issued_on=date(2027, 1, 1),
        excl=Decimal("0.10"),
        lines=(ReadLine("Atelier", Decimal(1), None),),
        doubts=(Doubt.SUMS,),
    )
    assert received(sent(whole)) == whole
    assert received(sent(None)) is None
