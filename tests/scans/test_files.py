"""Files are judged by what is in them, within bounds, and turned the right way up."""

import io
import struct
import zlib
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from cordee.scans import files
from cordee.scans.files import MAX_BYTES, Refusal, Unreadable, pages_of

RED, WHITE = (255, 0, 0), (255, 255, 255)


def picture(width: int = 60, height: int = 40) -> Image.Image:
    """White, its top left quarter red."""
    image = Image.new("RGB", (width, height), WHITE)
    image.paste(RED, (0, 0, width // 2, height // 2))
    return image


def written(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def red_corner(pixels: Any) -> tuple[str, str]:
    """Where the red quarter is."""
    red = (pixels[:, :, 2] > 150) & (pixels[:, :, 0] < 100)
    rows, columns = np.nonzero(red)
    height, width = red.shape
    return "top" if rows.mean() < height / 2 else "bottom", "left" if columns.mean() < width / 2 else "right"


def refusal(content: bytes) -> Refusal:
    with pytest.raises(Unreadable) as refused:
        list(pages_of(content))
    return refused.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_is_a_page_whatever_its_file_is_called(kind: str) -> None:
    [page] = pages_of(written(picture(), kind))
    assert (page.page, page.pixels.shape) == (1, (40, 60, 3))
    assert red_corner(page.pixels) == ("top", "left")


def test_a_picture_that_speaks_of_a_pdf_is_a_picture() -> None:
    content = written(picture(), "JPEG", comment=b"made from %PDF-1.7")
    assert b"%PDF-" in content[:1024]
    [page] = pages_of(content)
    assert page.pixels.shape == (40, 60, 3)


@pytest.mark.parametrize(
    ("turn", "shape", "corner"),
    [
        (1, (40, 60, 3), ("top", "left")),
        (2, (40, 60, 3), ("top", "right")),
        (3, (40, 60, 3), ("bottom", "right")),
        (4, (40, 60, 3), ("bottom", "left")),
        (5, (60, 40, 3), ("top", "left")),
        (6, (60, 40, 3), ("top", "right")),
        (7, (60, 40, 3), ("bottom", "right")),
        (8, (60, 40, 3), ("bottom", "left")),
    ],
)
def test_a_photo_is_turned_as_the_camera_says(
    turn: int, shape: tuple[int, ...], corner: tuple[str, str]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    [page] = pages_of(written(picture(), "JPEG", exif=exif, quality=95))
    assert (page.pixels.shape, red_corner(page.pixels)) == (shape, corner)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_way_of_keeping_colours_is_understood(mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    dark = Image.new("L", (60, 40), 255)
    dark.paste(0, (0, 0, 30, 20))
    image = (
        Image.fromarray(np.asarray(dark).astype(np.uint16) * 257) if mode == "I;16" else dark.convert(mode)
    )
    [page] = pages_of(written(image, kind))
    assert page.pixels[5, 5].max() < 30
    assert page.pixels[35, 55].min() > 225


def test_what_is_transparent_is_paper() -> None:
    [page] = pages_of(written(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"))
    assert page.pixels.min() == 255


def test_photos_of_iphones_are_read(heic: bytes) -> None:
    [page] = pages_of(heic)
    assert page.pixels.shape == (48, 64, 3)
    assert red_corner(page.pixels) == ("top", "left")


def test_a_tiff_and_a_pdf_give_all_their_pages_in_order() -> None:
    shots = [picture(60, 40), picture(80, 40), picture(100, 40)]
    tiff = written(shots[0], "TIFF", save_all=True, append_images=shots[1:])
    assert [(p.page, p.pixels.shape[1]) for p in pages_of(tiff)] == [(1, 60), (2, 80), (3, 100)]
    pdf = written(shots[0], "PDF", save_all=True, append_images=shots[1:], resolution=files._PDF_DPI)
    assert [(p.page, round(p.pixels.shape[1], -1)) for p in pages_of(b"\n" + pdf)] == [
        (1, 60),
        (2, 80),
        (3, 100),
    ]


def test_a_fax_with_half_as_many_lines_is_stretched() -> None:
    [page] = pages_of(written(picture(204, 98).convert("1"), "TIFF", dpi=(204, 98), compression="group4"))
    assert page.pixels.shape == (204, 204, 3)


def test_a_large_photo_is_made_smaller() -> None:
    [page] = pages_of(written(picture(9_000, 600), "JPEG"))
    assert page.pixels.shape[1] <= files.LONGEST_SIDE


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><title>Photo</title>",
        b"GIF89a" + bytes(40),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"PK\x03\x04" + bytes(60),
        b"\0",
    ],
)
def test_what_is_no_picture_is_refused_even_when_it_is_called_one(content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        list(pages_of(content))
    assert refused.value.code == Refusal.NOT_A_PICTURE


def test_nothing_and_too_much_are_refused() -> None:
    assert refusal(b"") == Refusal.EMPTY
    assert refusal(b"\xff\xd8\xff" + bytes(MAX_BYTES)) == Refusal.TOO_LARGE


def png_head(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_a_picture_of_300_megapixels_is_refused_by_its_head_alone() -> None:
    assert refusal(png_head(20_000, 15_000)) == Refusal.TOO_MANY_PIXELS


def test_a_decompression_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = png_head(60_000, 60_000, zlib.compress(bytes(60_000 * 7_501)))
    assert len(bomb) < 1_000_000
    assert refusal(bomb) == Refusal.TOO_MANY_PIXELS


def test_a_large_picture_inside_a_pdf_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_PIXELS", 2_000)
    assert refusal(written(picture(), "PDF")) == Refusal.TOO_MANY_PIXELS


def test_more_pages_than_anybody_scans_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_PAGES", 2)
    shots = [picture()] * 3
    for kind in ("TIFF", "PDF"):
        content = written(shots[0], kind, save_all=True, append_images=shots[1:])
        assert refusal(content) == Refusal.TOO_MANY_PAGES


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_half_a_picture_is_broken(kind: str) -> None:
    noise = Image.fromarray(np.random.default_rng(5).integers(0, 255, (200, 200, 3), dtype=np.uint8))
    content = written(noise, kind)
    assert refusal(content[: len(content) // 2]) == Refusal.BROKEN


def test_a_tiff_broken_at_its_second_page_gives_the_first() -> None:
    noise = Image.fromarray(np.random.default_rng(5).integers(0, 255, (200, 200, 3), dtype=np.uint8))
    content = written(picture(), "TIFF", save_all=True, append_images=[noise], compression="tiff_lzw")
    pages = pages_of(content.replace(content[-30_000:-20_000], bytes(10_000)))
    assert next(pages).page == 1
    with pytest.raises(Unreadable) as refused:
        list(pages)
    assert refused.value.code == Refusal.BROKEN


def test_a_broken_pdf_and_a_locked_one_are_told_apart(locked_pdf: bytes) -> None:
    assert refusal(b"%PDF-1.7\nnothing of it") == Refusal.BROKEN
    assert refusal(locked_pdf) == Refusal.LOCKED_PDF


def test_a_pdf_as_large_as_a_wall_is_drawn_small() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_400, 14_400)
    buffer = io.BytesIO()
    document.save(buffer)
    [page] = pages_of(buffer.getvalue())
    assert max(page.pixels.shape) <= files.LONGEST_SIDE + 1
