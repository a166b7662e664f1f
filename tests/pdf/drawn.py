"""Pictures for tests: whole ones, as drawing programs write them, and hostile ones."""

import struct
import zlib
from base64 import b64encode


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 2, height: int = 2, *more: bytes, tail: bytes = b"") -> bytes:
    """A PNG in grey; `more`: parts between its head and its pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * min(width, 99)) * min(height, 99))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + b"".join(more)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
        + tail
    )


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 8, height: int = 8, *, frame: int = 0xC0, scans: int = 1, tail: bytes = b"") -> bytes:
    """A JPEG of one grey: quantisation, frame, one code of one bit, scan."""
    head = segment(frame, struct.pack(">BHHB", 8, height, width, 1) + bytes([1, 0x11, 0]))
    codes = segment(0xC4, b"\x00" + bytes([1] + [0] * 15) + b"\x00")
    codes += segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\x00")
    scan = segment(0xDA, bytes([1, 1, 0, 0, 63, 0])) + b"\x3f\xff\x00"
    tables = segment(0xDB, b"\x00" + b"\x01" * 64)
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
        + tables
        + head
        + codes
        + scan * scans
        + b"\xff\xd9"
        + tail
    )


def svg(inside: str, attributes: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"{attributes}>{inside}</svg>'.encode()


INKSCAPE = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="90mm" height="30mm" viewBox="0 0 90 30" version="1.1" id="svg5" inkscape:version="1.2"
  sodipodi:docname="logo.svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" inkscape:zoom="0.7" />
  <defs id="defs2"><linearGradient id="a"><stop style="stop-color:#0d5350;stop-opacity:1" offset="0" id="stop1"/>
    </linearGradient><linearGradient xlink:href="#a" id="b" x1="0" y1="0" x2="9" y2="9"
    gradientUnits="userSpaceOnUse"/></defs>
  <metadata><rdf:RDF><rdf:li>Noé &amp; Zoé</rdf:li></rdf:RDF></metadata>
  <g inkscape:label="Calque 1" inkscape:groupmode="layer" id="layer1">
    <path style="fill:url(#b);stroke:none" d="M 1,1 H 60 V 20 Z" id="path1" sodipodi:nodetypes="ccc"/>
    <text xml:space="preserve" x="2" y="9" style="font-size:6px;font-family:'DejaVu Sans'"><tspan
      sodipodi:role="line" x="2" y="9">Cordée &lt;3</tspan></text></g></svg>"""
ILLUSTRATOR = """<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 27.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Calque_1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  x="0px" y="0px" viewBox="0 0 200 60" style="enable-background:new 0 0 200 60;" xml:space="preserve">
<style type="text/css">
  .st0{clip-path:url(#SVGID_2_);fill:url(#SVGID_3_);}
  .st1,.st2{fill:#FFFFFF;} /* blanc */
  .st2{font-family:'MyriadPro-Regular';}
</style>
<g><defs><rect id="SVGID_1_" width="200" height="60"/></defs>
  <clipPath id="SVGID_2_"><use xlink:href="#SVGID_1_"  style="overflow:visible;"/></clipPath>
  <linearGradient id="SVGID_3_" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="9" y2="9">
    <stop  offset="0" style="stop-color:#1D1D1B"/><stop  offset="1" style="stop-color:#E30613"/></linearGradient>
  <path class="st0" d="M0,0h200v60z"/><circle class="st1" cx="9" cy="9" r="3"/></g></svg>"""
FIGMA = f"""<svg width="120" height="40" viewBox="0 0 120 40" fill="none" xmlns="http://www.w3.org/2000/svg"
  xmlns:xlink="http://www.w3.org/1999/xlink">
<g clip-path="url(#clip0_1_2)"><mask id="mask0_1_2" style="mask-type:luminance" maskUnits="userSpaceOnUse" x="0" y="0"
  width="120" height="40"><path d="M120 0H0V40H120V0Z" fill="white"/></mask>
<g mask="url(#mask0_1_2)"><path fill-rule="evenodd" clip-rule="evenodd" d="M9 9h4v4z" fill="#0D5350"/>
<rect width="40" height="40" fill="url(#pattern0)"/></g></g>
<defs><pattern id="pattern0" patternContentUnits="objectBoundingBox" width="1" height="1">
<use xlink:href="#image0_1_2" transform="scale(0.5)"/></pattern>
<clipPath id="clip0_1_2"><rect width="120" height="40" fill="white"/></clipPath>
<image id="image0_1_2" width="2" height="2"
  xlink:href="data:image/png;base64,{b64encode(png()).decode()}"/></defs></svg>"""
