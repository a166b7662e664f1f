"""Invoices as other programs make them: XML of any profile, and PDFs that hold whatever somebody attached."""

import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Final

import pikepdf

PROFILES: Final = {
    "minimum": "urn:factur-x.eu:1p0:minimum",
    "basicwl": "urn:factur-x.eu:1p0:basicwl",
    "basic": "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic",
    "extended": "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended",
}
_SPACES: Final = " ".join(
    f'xmlns:{prefix}="urn:un:unece:uncefact:data:{name}:100"'
    for prefix, name in (
        ("rsm", "standard:CrossIndustryInvoice"),
        ("ram", "standard:ReusableAggregateBusinessInformationEntity"),
        ("udt", "standard:UnqualifiedDataType"),
    )
)


def cii(
    profile: str = "basic",
    *,
    kind: str = "380",
    number: str = "2027-7",
    day: str = "20270115",
    currency: str = "EUR",
    excl: str = "250.00",
    vat: str = "0.00",
    total: str = "250.00",
    rate: str = "0.00",
    lines: Sequence[tuple[str, str]] = (("Animation", "250.00"),),
    seller: str = "Noor van den Berg",
    siret: str = "",
    vat_number: str = "",
    buyer: str = "Cordée Formation",
    buyer_siren: str = "",
    iban: str = "",
) -> bytes:
    """Return an invoice as XML; `minimum` and `basicwl` have no lines, `minimum` names no VAT by rate either."""
    legal = f'<ram:ID schemeID="0002">{siret[:9]}</ram:ID>' if siret else ""
    own = f'<ram:GlobalID schemeID="0009">{siret}</ram:GlobalID>' if siret and profile != "minimum" else ""
    registration = (
        f'<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{vat_number}</ram:ID></ram:SpecifiedTaxRegistration>'
        if vat_number
        else ""
    )
    bought = f'<ram:ID schemeID="0002">{buyer_siren}</ram:ID>' if buyer_siren else ""
    items = "".join(
        f"<ram:IncludedSupplyChainTradeLineItem>"
        f"<ram:SpecifiedTradeProduct><ram:Name>{name}</ram:Name></ram:SpecifiedTradeProduct>"
        f"<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity>1.0000</ram:BilledQuantity>"
        f"</ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement>"
        f"<ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>{amount}</ram:LineTotalAmount>"
        f"</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>"
        f"</ram:IncludedSupplyChainTradeLineItem>"
        for name, amount in (lines if profile not in {"minimum", "basicwl"} else ())
    )
    tax = (
        f"<ram:ApplicableTradeTax><ram:CalculatedAmount>{vat}</ram:CalculatedAmount>"
        f"<ram:BasisAmount>{excl}</ram:BasisAmount>"
        f"<ram:CategoryCode>{'E' if rate == '0.00' else 'S'}</ram:CategoryCode>"
        f"<ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent></ram:ApplicableTradeTax>"
        if profile != "minimum"
        else ""
    )
    means = (
        "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>30</ram:TypeCode>"
        f"<ram:PayeePartyCreditorFinancialAccount><ram:IBANID>{iban}</ram:IBANID>"
        "</ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>"
        if iban
        else ""
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice {_SPACES}>
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{PROFILES[profile]}</ram:ID>
</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>{number}</ram:ID><ram:TypeCode>{kind}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">{day}</udt:DateTimeString></ram:IssueDateTime>
</rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>{items}<ram:ApplicableHeaderTradeAgreement>
<ram:SellerTradeParty>{own}<ram:Name>{seller}</ram:Name>
<ram:SpecifiedLegalOrganization>{legal}</ram:SpecifiedLegalOrganization>{registration}</ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>{buyer}</ram:Name>
<ram:SpecifiedLegalOrganization>{bought}</ram:SpecifiedLegalOrganization></ram:BuyerTradeParty>
</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>{currency}</ram:InvoiceCurrencyCode>{means}{tax}
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>
<ram:TaxBasisTotalAmount>{excl}</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="{currency}">{vat}</ram:TaxTotalAmount>
<ram:GrandTotalAmount>{total}</ram:GrandTotalAmount><ram:DuePayableAmount>{total}</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>""".encode()


def holding(attached: dict[str, bytes], *, password: str = "") -> bytes:
    """Return a PDF with these files attached."""
    with pikepdf.new() as document, BytesIO() as made:
        document.add_blank_page()
        for name, content in attached.items():
            document.attachments[name] = pikepdf.AttachedFileSpec(document, content, filename=name)
        locked = pikepdf.Encryption(owner=password, user=password) if password else False
        document.save(made, encryption=locked)
        return made.getvalue()


def factur_x(*args: str, **told: object) -> bytes:
    """Return a PDF with an invoice in it."""
    return holding({"factur-x.xml": cii(*args, **told)})  # type: ignore[arg-type]


def bomb(megabytes: int) -> bytes:
    """Return a PDF with an attachment of so many megabytes of spaces, compressed."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    head = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names<<"
        b"/EmbeddedFiles<</Names[(factur-x.xml) 3 0 R]>>>>>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[5 0 R]>>endobj\n"
        b"3 0 obj<</Type/Filespec/F(factur-x.xml)/UF(factur-x.xml)/EF<</F 4 0 R>>>>endobj\n"
        b"5 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"4 0 obj<</Type/EmbeddedFile/Filter/FlateDecode/Length " + str(len(packed)).encode() + b">>stream\n"
    )
    return head + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
