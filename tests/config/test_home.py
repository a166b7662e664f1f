"""Other users of the machine read nothing of the house, whatever the umask and however the home was before."""

import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cordee.config import home
from cordee.config.environment import BadEnvironment

WORK = """
import django, sys
django.setup()
from django.core.management import call_command
from cordee.cli import prepare
from cordee.files.actions import keep
from cordee.jobs.alone import alone
prepare.database()
keep(b"signed", content_type="application/pdf")
from django.conf import settings
from datetime import timedelta
from cordee.kernel import clock
from cordee.web.entrance.demo_clock import DemoClock
DemoClock(settings.DEMO_CLOCK_FILE).move_to(clock.real_time() + timedelta(days=1))
with alone("work"):
    from cordee.accounts.models import User
    User.objects.update(first_name="X")  # with the database open, its -wal and -shm are there
    from tests.config.test_home import open_to_others
    print(sorted(p.name for p in settings.ENV.home.iterdir()), open_to_others(settings.ENV.home))
"""
REPOSITORY = Path(__file__).resolve().parents[2]


def open_to_others(folder: Path) -> list[str]:
    return [str(p) for p in (folder, *folder.rglob("*")) if stat.S_IMODE(p.stat().st_mode) & 0o077]


def work_in(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WORK],
        cwd=REPOSITORY,
        env={
            "CORDEE_HOME": str(folder),
            "DJANGO_SETTINGS_MODULE": "cordee.config.settings",
            "PYTHONPATH": ".",
        },
        umask=0,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_is_made_with_an_open_umask_is_closed(tmp_path: Path) -> None:
    said = work_in(tmp_path / "new" / "home")
    made = ["cordee.sqlite3", "cordee.sqlite3-shm", "cordee.sqlite3-wal", "demo-clock", "files"]
    assert said == f"{[*made, 'secret_key', 'work.lock']} []\n"


def test_folders_made_above_the_home_are_closed_too(tmp_path: Path) -> None:
    work_in(tmp_path / "new" / "er" / "home")
    assert [stat.S_IMODE((tmp_path / path).stat().st_mode) for path in ("new", "new/er")] == [0o700, 0o700]


def test_what_was_open_is_closed_at_the_next_start(tmp_path: Path) -> None:
    work_in(tmp_path)
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    assert work_in(tmp_path).endswith(" []\n")


def test_a_database_copied_back_into_a_closed_home_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    copied = tmp_path / "cordee.sqlite3"
    copied.touch()
    copied.chmod(0o644)
    home.keep_private(tmp_path)
    assert open_to_others(tmp_path) == []


def test_what_is_not_ours_is_left_as_it_is(tmp_path: Path) -> None:
    script = tmp_path / "backup.sh"
    script.touch()
    script.chmod(0o755)
    home.keep_private(tmp_path)
    assert stat.S_IMODE(script.stat().st_mode) == 0o755


@pytest.mark.parametrize("shared", ["/", "sticky"])
def test_a_folder_that_is_everybodys_is_refused_and_stays_so(tmp_path: Path, shared: str) -> None:
    tmp_path.chmod(0o1777)
    folder = tmp_path if shared == "sticky" else Path(shared)
    before = folder.stat().st_mode
    with pytest.raises(BadEnvironment, match="a folder of its own"):
        home.keep_private(folder)
    assert folder.stat().st_mode == before


def test_a_home_of_somebody_else_that_stays_open_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    def not_yours(self: Path, mode: int) -> None:
        raise PermissionError

    from cordee.cli import serve  # noqa: PLC0415 - it brings the web server

    tmp_path.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", not_yours)
    home.keep_private(tmp_path)
    environment: Any = type("Environment", (), {"home": tmp_path})
    monkeypatch.setattr(settings, "ENV", environment)
    assert any("chmod 700" in line and str(tmp_path) in line for line in serve._advice())
