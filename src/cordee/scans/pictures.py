"""The kinds of arrays that pictures are, under their names."""

from typing import Any

from numpy.typing import NDArray

type Colours = NDArray[Any]
"""Rows of blue, green, red: 0 to 255."""
type Grey = NDArray[Any]
"""Rows of light: 0 to 255."""
type Darkness = NDArray[Any]
"""How dark against bare paper: 0 to 255, as floats."""
type Mask = NDArray[Any]
"""1 where something is, 0 elsewhere."""
type Points = NDArray[Any]
"""Rows of x and y."""
type Matrix = NDArray[Any]
"""From mm on a page to pixels of a picture."""
type Numbers = NDArray[Any]
