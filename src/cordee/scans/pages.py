"""Reading pages. Light: the eyes are opened by the first page that is read."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from cordee.scans.answers import BoxRead, PageRead, Problem
from cordee.scans.layouts import BoxPlace, PageLayout

if TYPE_CHECKING:
    from cordee.scans.files import Picture

__all__ = [
    "BoxPlace",
    "BoxRead",
    "FindLayout",
    "PageLayout",
    "PageRead",
    "Problem",
    "eyes_are_here",
    "read_page",
]

type FindLayout = Callable[[str], PageLayout | None]

_EYES: Final = ("cv2", "numpy", "zxingcpp", "PIL", "pi_heif", "pypdfium2")


def eyes_are_here() -> bool:
    """Tell whether what reads pictures is installed; nothing of it is loaded."""
    return all(find_spec(name) for name in _EYES)


def read_page(picture: "Picture", layout_for: FindLayout) -> list[PageRead]:
    """Return what is on a picture of one page, or of several beside each other: at least one answer.

    :param layout_for: the layout of the page with this code, or nothing when it is not ours.
    """
    from cordee.scans.reading import read

    return read(picture, layout_for)
