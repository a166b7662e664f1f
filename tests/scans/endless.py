"""A PDF of two kilobytes that no reader ever finishes: each form draws the next one ten times."""

DEPTH, TIMES = 12, 10


def endless_pdf() -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        _stream(b"/F Do " * TIMES),
    ]
    for number in range(5, 5 + DEPTH):
        inner = b"/Resources<</XObject<</F %d 0 R>>>>" % (number + 1)
        form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + inner
        objects.append(_stream(b"/F Do " * TIMES, form))
    objects.append(_stream(b"0 0 500 700 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"))
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(written))
    return written + head + table + trailer


def _stream(content: bytes, told: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (told, len(content), content)
