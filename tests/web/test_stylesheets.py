"""Stylesheets are written to be read and served without what only serves their reader."""

import pytest
from django.core.files.base import ContentFile

from cordee.web.stylesheets import Storage, compact


@pytest.mark.parametrize(
    ("written", "served"),
    [
        ("a {\n  b: c;\n  d: e;\n}\n", "a{b: c;d: e}"),
        ("a,\nb > c {\n  d: e;\n}\n\nf {\n  g: h;\n}\n", "a,b > c{d: e}f{g: h}"),
        ("/* why\n   so */\na {\n  b: c;\n\n  & d {\n    e: f;\n  }\n}\n", "a{b: c;& d{e: f}}"),
        ('a {\n  grid: "b c"\n    "d e";\n}', 'a{grid: "b c" "d e"}'),
        ('a {\n  content: ", ; } ";\n}', 'a{content: ", ; } "}'),
        ("a {\n  b: calc(1px +\n    2px);\n}", "a{b: calc(1px + 2px)}"),
    ],
)
def test_compact(written, served):
    assert compact(written) == served
    assert compact(served) == served


def test_what_is_collected_is_compact_with_its_hash_too(tmp_path, settings):
    storage = Storage(location=tmp_path, base_url="/static/")
    storage.save("x.css", ContentFile(b"a {\n  b: c;\n}\n"))
    list(storage.post_process({"x.css": (storage, "x.css")}))
    assert [path.read_text() for path in tmp_path.glob("x*.css")] == ["a{b: c}", "a{b: c}"]
