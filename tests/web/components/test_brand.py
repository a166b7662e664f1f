"""Whatever colour an organisation chooses, text in it and on it stays readable."""

import re

import pytest

from cordee.web.components import brand


@pytest.mark.parametrize(
    "accent", ["#0d5350", "#ffcc00", "#e4007c", "#1144cc", "#000000", "#ffffff", "#00ff00", "#777777"]
)
def test_readable_in_both_themes(accent):
    light, dark = (brand.parse(colour) for colour in re.findall(r"#[0-9a-f]{6}", brand.stylesheet(accent)))
    assert brand.contrast(light, brand.WHITE) >= 5.5
    assert brand.contrast(dark, brand.DARK_SURFACE) >= 5.5


def test_a_readable_colour_is_left_alone():
    assert "--brand-light:#0d5350" in brand.stylesheet("#0d5350")


@pytest.mark.parametrize("text", ["red", "#fff", "#0d5350;}body{display:none", "", "url(//x)"])
def test_anything_but_a_colour_is_refused(text):
    with pytest.raises(ValueError, match="not a colour"):
        brand.stylesheet(text)
