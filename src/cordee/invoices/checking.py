"""Checking any Factur-X, offline: its form (XSD), the rules of EN 16931, and those of France where its seller is there.

The rules come compiled with the library; what runs them is an extra (`validators`). Only a command and the tests do
this: what Cordée issues is proven to pass once and for all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from lxml.etree import _Element
    from saxonche import PySaxonProcessor, PyXsltExecutable

_RULES: Final = {
    "minimum": "facturx-minimum/Factur-X_1.09_MINIMUM.xsl",
    "basicwl": "facturx-basicwl/FACTUR-X_BASIC-WL.xslt",
    "basic": "facturx-basic/Factur-X_1.09_BASIC.xsl",
    "en16931": "facturx-en16931/FACTUR-X_EN16931.xslt",
    "extended": "facturx-extended/FACTUR-X_EXTENDED.xslt",
}
_FORMS: Final = {
    "minimum": "facturx-minimum/Factur-X_MINIMUM.xsd",
    "basicwl": "facturx-basicwl/Factur-X_BASICWL.xsd",
    "basic": "facturx-basic/Factur-X_BASIC.xsd",
    "en16931": "facturx-en16931/Factur-X_EN16931.xsd",
    "extended": "facturx-extended/Factur-X_EXTENDED.xsd",
}
_FRENCH: Final = "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"
_LEVELS: Final = {"basicwl": "BASIC WL", "en16931": "EN 16931"}
"""As the properties of the PDF call the profiles, where it is not the same word in capitals."""
_FAILED: Final = "{http://purl.oclc.org/dsdl/svrl}failed-assert"
_CROSS_INDUSTRY: Final = "CrossIndustryInvoice"
_STEP: Final = re.compile(r"/\*:(\w+)\[namespace-uri\(\)='[^']*'\]")
"""One step of a path as the rules write it."""
_PROPERTY: Final = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}ConformanceLevel"


class NotAnInvoice(Exception):
    """Neither a PDF with an invoice in it, nor the XML of one; the message says what it is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that does not hold."""

    rule: str
    """Its number: BR-CO-15, BR-FR-05, XSD…"""
    text: str
    where: str = ""
    """The place in the XML, as XPath."""
    is_error: bool = True
    """Else a warning: the invoice passes."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What an invoice is, and what is wrong with it."""

    number: str
    kind: str
    """UNTDID 1001."""
    profile: str
    rules: tuple[str, ...]
    """Which were run."""
    findings: tuple[Finding, ...]

    @property
    def is_valid(self) -> bool:
        """Tell whether nothing but warnings was found."""
        return not any(finding.is_error for finding in self.findings)


def check(given: bytes) -> Checked:
    """Check a Factur-X (PDF), or the XML of one. Raises NotAnInvoice, and ModuleNotFoundError without the extra."""
    is_pdf = given.startswith(b"%PDF-")
    root = _root(xml_in(given) if is_pdf else given)
    profile = _profile(root)
    findings = [*(_of_the_pdf(given, profile) if is_pdf else ()), *_of_the_form(root, profile)]
    rules = [_RULES[profile], *([_FRENCH] if _is_french(root) else [])]
    if not findings or all(finding.rule != "XSD" for finding in findings):
        for sheet in rules:  # what has no form is not judged by its content
            findings += _of_the_rules(root, sheet)
    return Checked(
        number=_text(root, "ExchangedDocument/ram:ID"),
        kind=_text(root, "ExchangedDocument/ram:TypeCode"),
        profile=profile,
        rules=("XSD", "EN 16931", *(["BR-FR"] if len(rules) > 1 else [])),
        findings=tuple(findings),
    )


def xml_in(pdf: bytes) -> bytes:
    """Return the XML that a Factur-X holds. Raises NotAnInvoice."""
    from facturx import get_facturx_xml_from_pdf
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    try:
        # Never the library's own check of the rules: it would send the invoice to a server.
        _name, xml = get_facturx_xml_from_pdf(pdf, check_xsd=False, check_schematron=False)
    except FileNotDecryptedError as error:
        raise NotAnInvoice("locked") from error
    except (PyPdfError, ValueError, KeyError, TypeError) as error:
        raise NotAnInvoice("damaged") from error
    if not xml:
        raise NotAnInvoice("no_xml")
    return bytes(xml)


def _root(xml: bytes) -> "_Element":
    from lxml import etree

    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise NotAnInvoice("no_xml") from error
    declares = (
        root.getroottree().docinfo.internalDTD is not None
    )  # no invoice does: it could only lead elsewhere
    if declares or not root.tag.endswith(_CROSS_INDUSTRY):
        raise NotAnInvoice("no_xml")
    return root


def _profile(root: "_Element") -> str:
    from facturx import get_level

    try:
        profile: str = get_level(root, "factur-x")
    except ValueError as error:
        raise NotAnInvoice("no_profile") from error
    if profile not in _RULES:
        raise NotAnInvoice("no_profile")
    return profile


def _is_french(root: "_Element") -> bool:
    seller = "SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement/ram:SellerTradeParty"
    return _text(root, f"{seller}/ram:PostalTradeAddress/ram:CountryID") == "FR"


def _text(root: "_Element", path: str) -> str:
    from facturx import get_xml_namespaces

    return str(root.findtext(f"rsm:{path}", "", get_xml_namespaces("factur-x"))).strip()


def _of_the_pdf(pdf: bytes, profile: str) -> Iterator[Finding]:
    """What the PDF says of itself: PDF/A-3, and the profile of what it holds."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            metadata = document.open_metadata()
            archived, told = metadata.pdfa_status, metadata.get(_PROPERTY, "")
    except (pikepdf.PdfError, ValueError) as error:
        raise NotAnInvoice("damaged") from error
    if not archived.startswith("3"):
        yield Finding("PDF/A-3", f"the file says that it is {archived or 'no'} PDF/A")
    wanted = _LEVELS.get(profile, profile.upper())
    if told != wanted:
        yield Finding("XMP", f"the file announces the profile “{told}”, and holds “{wanted}”")


def _of_the_form(root: "_Element", profile: str) -> Iterator[Finding]:
    form = _form(profile)
    if not form.validate(root):
        for error in form.error_log:
            yield Finding("XSD", error.message, f"line {error.line}")


def _of_the_rules(root: "_Element", sheet: str) -> Iterator[Finding]:
    from lxml import etree

    given = _processor().parse_xml(xml_text=etree.tostring(root, encoding="unicode"))
    report = _compiled(sheet).transform_to_string(xdm_node=given)
    for failed in etree.fromstring(report.encode()).iter(_FAILED):
        text = " ".join("".join(failed.itertext()).split())
        flag = failed.get("flag", failed.get("role", ""))
        where = _STEP.sub(r"/\1", failed.get("location", ""))
        yield Finding(failed.get("id", "?"), text, where, flag != "warning")


# --- what is read once ----------------------------------------------------------------------------
def _folder() -> Path:
    import facturx

    return Path(facturx.__file__).parent / "xsd_and_schematron"


@cache
def _form(profile: str) -> Any:
    from lxml import etree

    return etree.XMLSchema(file=str(_folder() / _FORMS[profile]))


@cache
def _processor() -> "PySaxonProcessor":
    from saxonche import PySaxonProcessor

    return PySaxonProcessor(license=False)


@cache
def _compiled(sheet: str) -> "PyXsltExecutable":
    """Compile rules: half a second, once."""
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(_folder() / sheet))
