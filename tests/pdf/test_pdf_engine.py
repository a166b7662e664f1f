"""The PDF engine: data stays data, bytes are repeatable, nothing above the template's folder is read."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.config import environment
from cordee.pdf.coverage import REPLACEMENT, printable, uncovered
from cordee.pdf.engine import RenderError, render
from cordee.pdf.typefaces import VENDORED, typefaces
from tests import small_fonts

DAY = date(2027, 1, 14)
HEAD = """#let data = json(bytes(sys.inputs.data))
#set document(title: "A test")
#set text(lang: "fr", font: json(bytes(sys.inputs.fonts)))
"""
HOSTILE = [
    '#read("/etc/passwd")',
    "*bold*",
    "_emph_",
    "$x$",
    r"\u{0}",
    "<label>",
    "@reference",
    "`code`",
    "= heading",
    "// comment",
    "[#panic()]",
    '"); #panic("',
]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("templates") / "names.typ"
    path.write_text(HEAD + "#for name in data.names [#name #parbreak() *#name* #parbreak()]")
    return path


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_user_text_is_never_markup(template: Path) -> None:
    text = text_of(render(template, {"names": HOSTILE}, dated=DAY, extra_fonts=()))
    assert [name for name in HOSTILE if text.count(name) != 2] == []
    assert "root:" not in text


def test_same_input_same_bytes(template: Path) -> None:
    first, second, other = (
        render(template, {"names": names}, dated=DAY, extra_fonts=())
        for names in (["Zoé", "كريم"], ["Zoé", "كريم"], ["Zoë", "كريم"])
    )
    assert first == second
    assert first != other


def test_archival_accessible_and_dated_as_told(template: Path) -> None:
    content = render(template, {"names": ["Zoé"]}, dated=DAY, extra_fonts=())
    assert b"<pdfaid:part>3</pdfaid:part>" in content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"2027-01-14" in content


def test_threads_draw_side_by_side(template: Path) -> None:
    def draw(number: int) -> bytes:
        return render(template, {"names": [f"Zoé {number}"]}, dated=DAY, extra_fonts=())

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(draw, range(24)))
    assert together == [draw(number) for number in range(24)]


def test_files_are_given_and_the_folder_is_the_border(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("outside")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "beside.typ").write_text('#let beside = "from beside"')
    template = folder / "t.typ"
    template.write_text(HEAD + '#import "beside.typ": beside\n#beside #read("given.txt")')
    text = text_of(render(template, {}, dated=DAY, files={"given.txt": b"given"}, extra_fonts=()))
    assert "from beside given" in text
    for path in ("../secret.txt", "/etc/passwd", "/etc/hostname"):
        template.write_text(HEAD + f"#read({json.dumps(path)})")
        with pytest.raises(RenderError):
            render(template, {}, dated=DAY, extra_fonts=())


def test_vendored_fonts_only() -> None:
    assert typefaces(()).families == ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew")
    assert (VENDORED / "OFL.txt").is_file()


@pytest.mark.parametrize(
    "name",
    [
        "Đặng Thị Hoa",
        "Wiśniewska",
        "Yıldırım Şebnem",
        "Παπαδόπουλος",
        "Шевченко",
        "كريم حداد",
        "אורית כהן",
        "D’Hérouville",
    ],
)
def test_scripts_of_the_package(name: str, template: Path) -> None:
    assert uncovered(name, ()) == set()
    assert printable(name, ()) == name
    assert render(template, {"names": [name]}, dated=DAY, extra_fonts=())


def test_uncovered_characters_are_named_and_replaced_visibly() -> None:
    assert uncovered("Li 李 \ue000 \U0001f600 é", ()) == {"李", "\ue000", "\U0001f600"}
    assert printable("Li 李!", ()) == f"Li {REPLACEMENT}!"


def test_characters_without_ink_are_not_reported() -> None:
    inkless = "a\u200d\u200c\u200b\ufe0f\u00ad\u202e\u2066\ufeff\x00\x1b\n\u2028\u3000b"
    assert uncovered(inkless, ()) == set()
    assert printable(inkless, ()) == "a\u200d\u200c\n\n b"


def test_decomposed_letters_are_composed() -> None:
    assert printable("Zoe\u0301", ()) == "Zoé"


def test_extra_folders_come_from_the_environment(settings: Any, tmp_path: Path) -> None:
    named = {"CORDEE_HOME": str(tmp_path), "CORDEE_FONTS": f"{tmp_path}:{tmp_path / 'missing'}"}
    settings.CORDEE_FONTS = environment.read(named).fonts
    assert typefaces() is typefaces((tmp_path,))


def test_collections_of_an_extra_folder(template: Path, tmp_path: Path) -> None:
    folder = small_fonts.collection(tmp_path)
    names = list(small_fonts.NAMES)
    assert uncovered("".join(names), ()) == set("".join(names))
    assert uncovered("".join(names), [folder]) == set()
    text = text_of(render(template, {"names": names}, dated=DAY, extra_fonts=[folder]))
    assert [name for name in names if name not in text] == []


def test_marks_which_no_font_has_with_their_letter_do_not_stop_the_document(template: Path) -> None:
    for name in ("\ufc4b\u2029\u033f\u2031\u08e4\u0424\u0944", "\u08fb\ufd3f\u1dea\u0519\ufe28\ua779"):
        assert render(template, {"names": [name]}, dated=DAY, extra_fonts=())


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=10, max_size=20))
def test_any_text_can_be_drawn(names: list[str]) -> None:
    template = Path(__file__).parent / "any_text.typ"
    assert render(template, {"names": names}, dated=DAY, extra_fonts=())
