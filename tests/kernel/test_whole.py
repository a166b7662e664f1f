"""Files for others to take: whole, or as they were."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EFBIG
from pathlib import Path

import pytest

import cordee
from cordee.kernel.whole import write_whole


@contextmanager
def no_more_than(size: int) -> Iterator[None]:
    """Let no file grow larger, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_where_there_is_no_space_what_was_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "batch.xml"
    for content in (b"first", b"second"):
        write_whole(path, content)
    with no_more_than(10_000), pytest.raises(OSError, match=r"batch\.xml") as full:
        write_whole(path, b"x" * 20_000)
    assert (full.value.errno, full.value.filename) == (EFBIG, str(path))
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("batch.xml", b"second")]


def test_a_link_is_followed_and_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_whole(tmp_path / "link", b"a")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"a"
    write_whole(Path("/dev/null"), b"a")
    assert not Path("/dev/null").is_file()


def test_every_command_writes_its_files_whole() -> None:
    commands = Path(cordee.__file__).with_name("cli").glob("*.py")
    assert [file.name for file in commands if ".write_bytes(" in file.read_text()] == []
