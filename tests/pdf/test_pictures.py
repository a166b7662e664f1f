"""A picture is read as what it claims to be, from end to end; whatever would do more than draw is refused."""

from base64 import b64encode
from datetime import date
from pathlib import Path
from zlib import compress

import pypdfium2
import pytest

from cordee.pdf import pictures
from cordee.pdf.engine import render
from cordee.pdf.pictures import DoesMoreThanDrawError, NotAPictureError, TooComplexError, TooManyPixelsError
from tests.pdf.drawn import FIGMA, ILLUSTRATOR, INKSCAPE, chunk, jpeg, png, segment, svg

LOGOS = {"inkscape": INKSCAPE, "illustrator": ILLUSTRATOR, "figma": FIGMA}
ENCODED = b64encode(png()).decode()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (png(), "image/png"),
        (png(4000, 2000), "image/png"),
        (png(2, 2, chunk(b"tEXt", b"Title\0Logo"), chunk(b"pHYs", b"\0" * 9)), "image/png"),
        (jpeg(), "image/jpeg"),
        (jpeg(frame=0xC2, scans=10), "image/jpeg"),
        (jpeg(tail=b"\0\0"), "image/jpeg"),
    ],
)
def test_a_whole_picture_is_kept_as_it_is(content: bytes, kind: str) -> None:
    assert pictures.read(content) == pictures.Picture(kind, content)


@pytest.mark.parametrize("program", LOGOS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_what_drawing_programs_write_is_drawn(program: str, encoding: str) -> None:
    text = LOGOS[program].replace('encoding="UTF-8"', "").replace('encoding="utf-8"', "")
    if encoding == "iso-8859-1":
        text = text.replace("standalone", "").replace('="no"', "")
        text = (
            '<?xml version="1.0" encoding="iso-8859-1"?>' + text.partition("?>")[2] if "?>" in text else text
        )
        text = text.replace("é", "&#233;") if not text.startswith("<?xml") else text
    picture = pictures.read(text.strip().encode(encoding))
    assert picture.kind == "image/svg+xml"
    kept = picture.content.decode()
    assert "<path" in kept
    assert ("Cordée &lt;3" in kept) == (program == "inkscape")
    for gone in ("sodipodi", "inkscape", "metadata", "DOCTYPE", "xlink", "<!--"):
        assert gone not in kept
    assert pictures.read(picture.content) == picture, "read again, it stays as it is"


@pytest.mark.parametrize("program", LOGOS)
def test_the_engine_draws_what_is_kept(program: str, tmp_path: Path) -> None:

    (tmp_path / "logo.typ").write_text(
        '#set document(title: "Logo")\n#image("logo.svg", width: 60mm, alt: "Logo")'
    )
    files = {"logo.svg": pictures.as_svg(LOGOS[program].encode(), width=36, height=13)}
    drawn = render(tmp_path / "logo.typ", {}, dated=date(2027, 1, 4), files=files)
    page = pypdfium2.PdfDocument(drawn)[0].render(scale=1).to_numpy()
    assert page.min() < 200, "something is on the paper"


HOSTILE_PICTURES = {
    "HTML called JPEG": b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>\xff\xd9",
    "HTML behind a JPEG": jpeg(tail=b"<script>alert(1)</script>"),
    "a JPEG cut short": jpeg()[:-5],
    "a JPEG without a scan": b"\xff\xd8" + segment(0xE0, b"JFIF") + b"\xff\xd9",
    "a JPEG of two frames": jpeg().replace(b"\xff\xc4", b"\xff\xc0", 1),
    "a JPEG without loss": jpeg(frame=0xC3),
    "a JPEG of a thousand scans": jpeg(frame=0xC2, scans=1000),
    "HTML called PNG": b"\x89PNG\r\n\x1a\n<html>IHDR IEND</html>" + b" " * 40,
    "HTML behind a PNG": png(tail=b"<script>alert(1)</script>"),
    "a PNG cut short": png()[:-12],
    "a PNG changed on the way": png().replace(b"IDAT", b"IDAU"),
    "a PNG with a wrong sum": png()[:-1] + b"\0",
    "a PNG that moves": png(2, 2, chunk(b"acTL", b"\0" * 8)),
    "a PNG with a bomb for a profile": png(2, 2, chunk(b"iCCP", b"p\0\0" + compress(b"\0" * 9_000_000))),
    "a PNG of no size": png(0, 2),
    "a GIF": b"GIF89a" + b"\0" * 40,
    "packed SVG": b"\x1f\x8b\x08" + b"\0" * 40,
    "no root of SVG": b"<html xmlns='http://www.w3.org/1999/xhtml'><svg/></html>",
    "an SVG without its namespace": b"<svg><path d='M0 0'/></svg>",
    "an unknown encoding": b"<?xml version='1.0' encoding='x-nonsense'?><svg/>",
    "not closed": svg("<g>"),
    "a damaged picture inside": svg(f'<image href="data:image/png;base64,{ENCODED[:-8]}"/>'),
    "empty": b"",
}


@pytest.mark.parametrize("name", HOSTILE_PICTURES)
def test_what_is_not_what_it_claims_to_be_is_refused(name: str) -> None:
    with pytest.raises(NotAPictureError) as refused:
        pictures.read(HOSTILE_PICTURES[name])
    assert type(refused.value) is NotAPictureError


@pytest.mark.parametrize(
    "content",
    [
        png(12_000, 12_000),
        png(4001, 2000),
        jpeg(12_000, 12_000),
        svg(f'<image href="data:image/png;base64,{b64encode(png(12_000, 12_000)).decode()}"/>'),
        svg(f'<image href="data:image/jpeg;base64,{b64encode(jpeg(12_000, 12_000)).decode()}"/>'),
    ],
)
def test_too_many_pixels_are_refused_wherever_they_are(content: bytes) -> None:
    with pytest.raises(TooManyPixelsError):
        pictures.read(content)


XLINK = ' xmlns:xlink="http://www.w3.org/1999/xlink"'
MORE_THAN_DRAWING = {
    "script": svg("<script>alert(1)</script>"),
    "script in another case": svg("<SCRIPT>alert(1)</SCRIPT>"),
    "script by another prefix": svg("<s:script xmlns:s='http://www.w3.org/2000/svg'>alert(1)</s:script>"),
    "handler": svg('<path d="M0 0" onclick="alert(1)"/>'),
    "handler on top": svg("", ' onload="alert(1)"'),
    "HTML inside": svg('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'),
    "animation that sets a link": svg('<a><set attributeName="href" to="javascript:alert(1)"/></a>'),
    "set": svg('<rect><set attributeName="href" to="x"/></rect>'),
    "animate": svg('<rect><animate attributeName="x" to="9"/></rect>'),
    "animateMotion": svg("<rect><animateMotion/></rect>"),
    "link": svg('<a href="https://elsewhere.example/"><rect/></a>'),
    "import": svg('<style>@import url("https://elsewhere.example/x.css");</style>'),
    "import, hidden": svg("<style>@\\69mport 'https://elsewhere.example/x.css';</style>"),
    "import, in pieces": svg("<style><![CDATA[@imp]]>ort 'https://elsewhere.example/x.css';</style>"),
    "font from elsewhere": svg(
        "<style>@font-face{font-family:x;src:url(https://elsewhere.example/f)}</style>"
    ),
    "movement by style": svg("<style>@keyframes k{to{x:9}} rect{animation:k 1s infinite}</style><rect/>"),
    "fill from elsewhere": svg('<rect fill="url(https://elsewhere.example/#a)"/>'),
    "fill from elsewhere, quoted": svg("<rect style=\"fill:URL( 'https://elsewhere.example/#a')\"/>"),
    "picture set": svg("<rect style=\"mask:image-set('https://elsewhere.example/a' 1x)\"/>"),
    "picture from elsewhere": svg('<image href="https://elsewhere.example/x.png"/>'),
    "picture from elsewhere by xlink": svg('<image xlink:href="//elsewhere.example/x.png"/>', XLINK),
    "file of the machine": svg('<image href="file:///etc/passwd"/>'),
    "file beside": svg('<image href="secret_key"/>'),
    "use from elsewhere": svg('<use href="https://elsewhere.example/x.svg#a"/>'),
    "SVG inside a picture": svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
    "HTML as a picture": svg('<image href="data:text/html,<script>"/>'.replace("<script>", "x")),
    "another kind than said": svg(f'<image href="data:image/jpeg;base64,{ENCODED}"/>'),
    "script as an address": svg('<use href="javascript:alert(1)"/>'),
    "effect": svg('<filter id="f"><feImage href="https://elsewhere.example/x"/></filter>'),
    "style sheet of a processor": b'<?xml-stylesheet href="https://elsewhere.example/x.css"?>' + svg(""),
    "entities": b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("<text>&a;</text>"),
    "document type from elsewhere": b'<!DOCTYPE svg SYSTEM "https://elsewhere.example/x.dtd">' + svg(""),
    "ours with entities": b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x" [<!ENTITY a "b">]>' + svg(""),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", MORE_THAN_DRAWING)
def test_what_does_more_than_draw_is_refused_in_any_encoding(name: str, encoding: str) -> None:
    with pytest.raises(DoesMoreThanDrawError):
        pictures.read(MORE_THAN_DRAWING[name].decode().encode(encoding))


def doubling(link: str, levels: int = 30) -> str:
    """A short text that is drawn 2 to the power of `levels` times."""
    first = '<path id="a0" d="M0 0h9v9z"/>'
    return first + "".join(link.format(n=n, to=n - 1) for n in range(1, levels))


ENDLESS = {
    "100,000 in each other": svg("<g>" * 100_000 + "</g>" * 100_000),
    "100,000 in each other, of a program": svg(
        "<i:g xmlns:i='urn:i'>" + "<i:g>" * 100_000 + "</i:g>" * 100_000 + "</i:g>"
    ),
    "100,000 beside each other": svg("<g/>" * 100_000),
    "use of two": svg(doubling('<g id="a{n}"><use href="#a{to}"/><use href="#a{to}"/></g>')),
    "use by xlink": svg(
        doubling('<g id="a{n}"><use xlink:href="#a{to}"/><use xlink:href="#a{to}"/></g>'), XLINK
    ),
    "symbols": svg(doubling('<symbol id="a{n}"><use href="#a{to}"/><use href=" #a{to} "/></symbol>')),
    "patterns": svg(
        doubling(
            '<pattern id="a{n}"><rect fill="url(#a{to})"/><rect style="fill: url(\'#a{to}\')"/></pattern>'
        )
    ),
    "masks": svg(doubling('<mask id="a{n}"><rect mask="url(#a{to})"/><rect mask="URL(#a{to})"/></mask>')),
    "cuttings": svg(doubling('<clipPath id="a{n}">' + '<g clip-path="url(#a{to})"/>' * 2 + "</clipPath>")),
    "classes": svg(
        "<style>"
        + "".join(f".c{n}{{mask:url(#a{n})}}" for n in range(30))
        + "</style>"
        + doubling('<mask id="a{n}"><rect class="x c{to}"/><rect class="c{to}"/></mask>')
    ),
    "classes, hidden by quotes": svg(
        "<style>"
        + "".join(f".c{n}{{font-family:'}}.z{{';mask:url(#a{n})}}" for n in range(30))
        + "</style>"
        + doubling('<mask id="a{n}"><rect class="c{to}"/><rect class="c{to}"/></mask>')
    ),
    "any element": svg('<style>* > g{fill:url(#a)}</style><pattern id="a"><g/></pattern>'),
    "painted a thousand times": svg(
        f'<pattern id="p">{"<g/>" * 1000}</pattern><g fill="url(#p)">{"<path/>" * 1000}</g>'
    ),
    "itself": svg('<g id="a"><use href="#a"/></g>'),
    "each other": svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "the same name twice": svg(f'<g id="a"/><g id="a">{"<path/>" * 9000}</g>' + '<use href="#a"/>' * 9),
    "one picture a hundred times": svg(
        f'<image id="i" href="data:image/png;base64,{b64encode(png(2000, 2000)).decode()}"/>'
        + '<use href="#i"/>' * 99
    ),
    "a chain": svg(
        '<g id="a0"/>' + "".join(f'<g id="a{n}"><use href="#a{n - 1}"/></g>' for n in range(1, 9000))
    ),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_would_be_drawn_without_end_is_refused(name: str) -> None:
    with pytest.raises(TooComplexError):
        pictures.read(ENDLESS[name])


def test_a_logo_kept_before_the_rules_were_strict_is_not_drawn_either() -> None:
    for content in (MORE_THAN_DRAWING["script"], ENDLESS["use of two"], HOSTILE_PICTURES["HTML called JPEG"]):
        with pytest.raises(NotAPictureError):
            pictures.as_svg(content, width=36, height=13)


def test_only_what_is_named_is_kept() -> None:
    given = svg(
        '<path d="M0 0" data-name="x" unknown="y" fill="red"/>loose words<title>Ours &amp; yours</title>',
        ' xmlns:x="urn:x" x:y="z"',
    )
    assert pictures.read(given).content.decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0" fill="red"/>'
        "<title>Ours &amp; yours</title></svg>"
    )
