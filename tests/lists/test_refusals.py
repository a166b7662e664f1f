"""Files that are refused as a whole, each with its reason; wrong names do not matter."""

import io
import zipfile

import pytest

from cordee.lists.reader import read_file, read_text
from cordee.lists.results import MAX_BYTES, ListRefused, Refusal
from tests.lists.making import ods, xlsx, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEET = [("Nom", "Prénom"), ("Sousa", "Ana")]


def refusal(content: bytes, name: str = "liste.csv") -> ListRefused:
    with pytest.raises(ListRefused) as caught:
        read_file(content, name)
    assert caught.value.params["file"] == name
    return caught.value


def test_one_byte_too_many() -> None:
    found = refusal(b"a" * (MAX_BYTES + 1))
    assert found.code is Refusal.TOO_LARGE
    assert found.params["limit"] == MAX_BYTES


def test_a_paste_too_large() -> None:
    with pytest.raises(ListRefused) as caught:
        read_text("é" * (MAX_BYTES // 2 + 1))
    assert caught.value.code is Refusal.TOO_LARGE


def test_ten_megabytes_of_blank_lines_are_just_blank() -> None:
    people = read_file(b"Nom;Mail\nAna Sousa;ana@asso.example\n" + b";\n" * 4_000_000, "liste.csv")
    assert len(people.rows) == 1


def test_five_thousand_rows_are_taken_and_one_more_is_not() -> None:
    lines = ["Nom;Prénom;Mail", *(f"Nom{'abcdefghij'[i % 10]};Ana;a{i}@asso.example" for i in range(5_001))]
    assert len(read_text("\n".join(lines[:-1])).rows) == 5_000
    found = refusal("\n".join(lines).encode())
    assert found.code is Refusal.TOO_MANY_ROWS
    assert (found.params["limit"], found.params["found"]) == (5_000, 5_001)


def test_five_thousand_and_one_rows_in_a_workbook() -> None:
    rows = [("Nom", "Mail"), *(("Ana Sousa", f"a{i}@asso.example") for i in range(5_001))]
    for content in (xlsx({"S": rows}), ods({"S": rows})):
        assert refusal(content).code is Refusal.TOO_MANY_ROWS


@pytest.mark.parametrize("text", ["a\n" * 2_000_000, "a@b.fr " * 400_000, "a@b.fr;" * 400_000])
def test_far_too_much_is_refused_quickly(text: str) -> None:
    with pytest.raises(ListRefused):
        read_text(text)


@pytest.mark.parametrize(
    "line",
    [
        "a" * 2_000_000,
        "\t" * 2_000_000 + "a",
        " " * 2_000_000 + "a <a@b.fr>",
        "<" * 2_000_000,
        "<@" * 20_000,
        '"' * 1_999_999,
        "M. " * 500_000,
        "(" * 1_000_000,
        "=" * 1_000_000,
        "a." * 1_000_000 + "@x.fr",
        "a@" + "." * 1_000_000,
        ";" * 1_000_000 + "x",
        "Nom;Mail\nAna;" + ":" * 500_000 + "@x.fr",
        "Nom;Mail\nAna;" + "x" * 500_000 + " a@x.fr",
        ", " * 500_000 + "<a@b.fr>",
    ],
    ids=lambda line: line[:12],
)
def test_a_monstrous_line_is_slow_for_nobody(line: str) -> None:
    try:
        people = read_text(line)
    except ListRefused:
        return
    assert people.rows or people.skipped


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7\n1 0 obj\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "picture"),
        (b"{\\rtf1\\ansi Liste}", "rtf"),
        (b"\x1f\x8b\x08" + bytes(40), "archive"),
        (b"<html><table><tr><td>Nom</td></tr></table></html>", "html"),
        (b'<?xml version="1.0"?><a/>', "xml"),
        (b"\x00\x01\x02\x03" * 500, "binary"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (zipped({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "docx"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "odt"),
        (zipped({"xl/workbook.bin": b"\0"}), "xlsb"),
        (zipped({"liste.csv": "Nom;Prénom"}), "zip"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_list_is_known_by_its_content(content: bytes, found: str) -> None:
    refused = refusal(content, "participants.csv")
    assert (refused.code, refused.params["found"]) == (Refusal.NOT_A_LIST, found)


def test_an_encrypted_workbook_is_an_ole_file() -> None:
    assert refusal(OLE + "EncryptedPackage".encode("utf-16-le"), "liste.xlsx").code is Refusal.ENCRYPTED


def test_an_encrypted_zip_member() -> None:
    content = bytearray(xlsx({"S": SHEET}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content), "liste.xlsx").code is Refusal.ENCRYPTED


def test_an_encrypted_ods() -> None:
    manifest = '<m:manifest xmlns:m="x"><m:encryption-data/></m:manifest>'
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": manifest,
        "content.xml": b"\x8f\x01\x02",
    }
    assert refusal(zipped(parts), "liste.ods").code is Refusal.ENCRYPTED


@pytest.mark.parametrize("keep", [30, 200, -30, -100])
def test_a_file_cut_short_is_broken(keep: int) -> None:
    assert refusal(xlsx({"S": SHEET})[:keep], "liste.xlsx").code is Refusal.BROKEN


def test_a_workbook_with_broken_parts_is_broken() -> None:
    assert refusal(xlsx({"S": "<row"})).code is Refusal.BROKEN
    assert refusal(xlsx({"S": '<row r="1"><c r="??"><v>1</v></c></row>'})).code is Refusal.BROKEN
    assert refusal(zipped({"xl/workbook.xml": "no xml"})).code is Refusal.BROKEN


def test_entities_that_would_explode_are_not_expanded() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    sheet = f'{bomb}<worksheet xmlns="x"><sheetData><row><c><v>&c;</v></c></row></sheetData></worksheet>'
    assert refusal(xlsx({"S": SHEET}, extra={"xl/worksheets/sheet2.xml": sheet})).code is Refusal.BROKEN


def test_a_zip_bomb_is_refused_unopened() -> None:
    content = xlsx({"S": SHEET}, extra={"xl/worksheets/sheet2.xml": b"\0" * 80_000_000})
    assert len(content) < 100_000
    assert refusal(content, "liste.xlsx").code is Refusal.ZIP_BOMB


def test_a_picture_that_is_a_bomb() -> None:
    content = zipped({"xl/workbook.xml": "<a/>", "xl/media/a.png": b"\0" * 70_000_000})
    assert refusal(content).code is Refusal.ZIP_BOMB


def test_a_bomb_that_lies_about_its_size() -> None:
    """Reading stops at the size announced, and the check sum tells."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    content = bytearray(file.getvalue())
    at = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    content[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
    assert refusal(bytes(content)).code is Refusal.BROKEN


@pytest.mark.parametrize(
    "content", [b"", b" \r\n", b"\xef\xbb\xbf", b";;;\n;;;\n", b"\xff\xfe", xlsx({"S": []})]
)
def test_nothing_in_it(content: bytes) -> None:
    assert refusal(content).code is Refusal.EMPTY


@pytest.mark.parametrize(
    "text", ["", "Nom;Prénom;Mail\n", "Penser à réserver la salle\n", "Bonjour,\n\nCordialement"]
)
def test_nobody_in_it(text: str) -> None:
    with pytest.raises(ListRefused) as caught:
        read_text(text)
    assert caught.value.code is Refusal.EMPTY
