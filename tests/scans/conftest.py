"""Files that cannot be written here: their encoders are not among our packages."""

from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data" / "scans"


@pytest.fixture
def heic() -> bytes:
    """64 × 48, white, its top left quarter red."""
    return (DATA / "photo.heic").read_bytes()


@pytest.fixture
def locked_pdf() -> bytes:
    """One page, opened by a password only."""
    return (DATA / "locked.pdf").read_bytes()
