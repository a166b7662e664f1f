"""What makes a PDF/A-3 with an XML in it a Factur-X: properties that say so, in its metadata.

The engine attaches the file, and cannot write metadata of others; libraries that attach it themselves write all
metadata anew, and the PDF is no longer what it says it is. So four properties are put in beside what is there, and
their schema into the list that PDF/A asks for.
"""

from io import BytesIO
from typing import Final

FILE_NAME: Final = "factur-x.xml"
_NAMESPACE: Final = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_PROPERTIES: Final = {
    "DocumentFileName": (FILE_NAME, "name of the embedded XML invoice file"),
    "DocumentType": ("INVOICE", "type of the document"),
    "Version": ("1.0", "version of the Factur-X XML schema"),
    "ConformanceLevel": ("EN 16931", "conformance level of the embedded Factur-X data"),
}
_END_OF_SCHEMAS: Final = "</rdf:Bag></pdfaExtension:schemas>"
_END: Final = "</rdf:RDF>"


def declared(pdf: bytes) -> bytes:
    """Return the PDF/A-3 with the properties of Factur-X: the same bytes for the same.

    Raises ValueError when its metadata are not as the engine writes them.
    """
    import pikepdf  # heavy: the worker's

    with pikepdf.open(BytesIO(pdf)) as document, BytesIO() as made:
        stream = document.Root.Metadata
        stream.write(_with_properties(stream.read_bytes().decode()).encode())
        document.save(made, deterministic_id=True, fix_metadata_version=False)
        return made.getvalue()


def _with_properties(metadata: str) -> str:
    if metadata.count(_END_OF_SCHEMAS) != 1 or metadata.count(_END) != 1:
        raise ValueError("metadata of another form")
    values = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, (value, _told) in _PROPERTIES.items())
    described = f'<rdf:Description rdf:about="" xmlns:fx="{_NAMESPACE}">{values}</rdf:Description>'
    metadata = metadata.replace(_END_OF_SCHEMAS, _schema() + _END_OF_SCHEMAS)
    return metadata.replace(_END, described + _END)


def _schema() -> str:
    properties = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{told}</pdfaProperty:description></rdf:li>"
        for name, (_value, told) in _PROPERTIES.items()
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{_NAMESPACE}</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
