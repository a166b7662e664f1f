"""One accent colour, chosen by the organisation, made readable in both themes.

Only its lightness moves (in OKLCH: hue and strength stay): down for light pages, up for dark ones, until
text in it and text on it pass WCAG AA with some room for the tinted grounds it also stands on.
"""

import math
import re
from typing import Final

Triple = tuple[float, float, float]  # red, green, blue from 0 to 1, or L, a, b

WHITE: Final[Triple] = (1.0, 1.0, 1.0)
DARK_SURFACE: Final[Triple] = (0x1C / 255, 0x23 / 255, 0x25 / 255)  # --surface in the dark
# AA asks 4.5; the soft grounds of the same hue take up to 1.4, and in the dark a glow more is easier on the eye.
ENOUGH_ON_WHITE: Final = 6.2
ENOUGH_ON_DARK: Final = 7.4
LIVELY: Final = 0.085  # in the dark a dull colour turns grey: this much chroma keeps it a colour
GREY: Final = 0.02  # an organisation whose colour is grey or black means it
STEP: Final = 0.01


def stylesheet(accent: str) -> str:
    """The text of `brand_css`. Anything but #rrggbb is refused: it goes into a stylesheet."""
    lightness, a, b = _to_oklab(parse(accent))
    chroma, hue = math.hypot(a, b), math.atan2(b, a)
    light = _until_readable(lightness, chroma, hue, step=-STEP, ground=WHITE, enough=ENOUGH_ON_WHITE)
    lively = max(chroma, LIVELY) if chroma > GREY else chroma
    dark = _until_readable(lightness, lively, hue, step=STEP, ground=DARK_SURFACE, enough=ENOUGH_ON_DARK)
    return f":root{{--brand-light:{light};--brand-dark:{dark}}}\n"


def parse(accent: str) -> Triple:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        raise ValueError(f"{accent!r} is not a colour written #rrggbb")
    return int(accent[1:3], 16) / 255, int(accent[3:5], 16) / 255, int(accent[5:7], 16) / 255


def contrast(one: Triple, other: Triple) -> float:
    """WCAG contrast ratio, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _until_readable(
    lightness: float, chroma: float, hue: float, *, step: float, ground: Triple, enough: float
) -> str:
    while True:
        colour = _from_oklch(lightness, chroma, hue)
        if contrast(colour, ground) >= enough or not 0 <= lightness <= 1:
            return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)
        lightness += step


def _luminance(colour: Triple) -> float:
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else math.pow((channel + 0.055) / 1.055, 2.4)  # noqa: PLR2004 - of the sRGB curve


def _encoded(channel: float) -> float:
    inside = min(max(channel, 0.0), 1.0)  # out of the screen's gamut: the nearest it can show
    return inside * 12.92 if inside <= 0.0031308 else 1.055 * math.pow(inside, 1 / 2.4) - 0.055  # noqa: PLR2004 - of the sRGB curve


def _to_oklab(colour: Triple) -> Triple:
    red, green, blue = map(_linear, colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklch(lightness: float, chroma: float, hue: float) -> Triple:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )
