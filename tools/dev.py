"""What a developer runs: `./cordee test | check | fmt | bench`."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import postgres  # noqa: E402 - found through the line above

SETTINGS = "cordee.config.settings"
# What an operator may have set must change nothing in a test.
OPERATOR_PREFIXES = (
    *("CORDEE_", "DATABASE_URL", "SMTP_URL", "S3_", "AWS_", "MAIL_FROM", "PORT", "PG", "DJANGO_"),
)
HEADLESS = "chromium-headless-shell"
"""Debian's Chromium without windows: the same engine, and journeys take a third less time."""
FOR_TESTS = ("autovacuum=off",)
"""A test is one long transaction: to who counts rows meanwhile tables are empty, and plans made of that are slow."""
BROWSERS = (HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main(arguments: list[str]) -> int:
    """Run one developer command; return its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that servers are stopped
    command, *rest = arguments
    match command:
        case "test":
            return some_tests(rest) if rest else whole_suite()
        case "check":
            return check(look_up_now="--vulnerabilities" in rest or os.environ.get("CI") == "true")
        case "fmt":
            return fmt()
        case "bench":
            return run(python("-m", "benchmarks", *rest))
        case _:
            say("use: ./cordee test [pytest arguments] | check | fmt | bench")
            return 2


# --- check and fmt ------------------------------------------------------------------------------
def checks() -> list[tuple[str, list[str]]]:
    """Return every check: a name, and a command that exits with 0 when all is well. Add yours here."""
    return [
        ("lint", python("-m", "ruff", "check", "--quiet")),
        ("form", python("-m", "ruff", "format", "--check", "--quiet")),
        ("types", python("-m", "mypy", "--no-error-summary")),
        ("floors", python("-c", "from importlinter.cli import lint_imports_command as check; check()")),
        ("page form", python("-m", "tools.form", "--check")),
        ("template form", djade("--check")),
        ("template lint", python("-m", "djlint", "--lint", "--quiet", "--allow-empty-input", "src")),
        ("spelling", python("-m", "codespell_lib")),
        ("django", python("-m", "django", "check", "--fail-level", "WARNING")),
        ("migrations", python("-m", "django", "makemigrations", "--check", "--dry-run")),
        ("translations", python("-m", "tools.translations", "check")),
    ]


def check(*, look_up_now: bool = False) -> int:
    """Run every check, even after one failed, and print a line for each.

    The registry is asked for each locked version what is known of it: once a day, or now.
    """
    failed = 0
    now = ["--now"] if look_up_now else []
    asked = [*checks(), ("known faults", python("-m", "tools.vulnerabilities", *now))]
    with private_environment() as environment, ThreadPoolExecutor(os.cpu_count()) as pool:

        def outcome(command: list[str]) -> subprocess.CompletedProcess[bytes]:
            return subprocess.run(
                command,
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )

        names, commands = zip(*asked, strict=True)
        for name, result in zip(names, pool.map(outcome, commands), strict=True):
            not_done = result.stdout.decode().partition("\n")[0] if result.stdout.startswith(b"not ") else ""
            say(f"{name:<14} {'FAILED' if result.returncode else not_done or 'ok'}")
            if result.returncode:
                failed += 1
                sys.stdout.buffer.write(result.stdout)
    say(f"{failed} of {len(names)} checks failed" if failed else f"all {len(names)} checks passed")
    return 1 if failed else 0


def fmt() -> int:
    """Put code, templates and stylesheets in the house's form, and mend what ruff can mend."""
    return max(
        run(python("-m", "ruff", "check", "--fix", "--quiet", "--exit-zero")),
        run(python("-m", "ruff", "format")),
        run(djade()),
        run(python("-m", "tools.form")),
    )


def djade(*options: str) -> list[str]:
    """Return the command that brings every template up to date (djade wants each by its name)."""
    templates = sorted(str(path) for path in (ROOT / "src").glob("**/templates/**/*.html"))
    program = str(Path(sys.executable).parent / "djade")
    return [program, "--target-version", "6.1", *options, *templates] if templates else ["true"]


# --- tests --------------------------------------------------------------------------------------
def some_tests(arguments: list[str]) -> int:
    """Give pytest what was asked: on SQLite, or on PostgreSQL with TEST_DATABASE=postgres."""
    if os.environ.get("TEST_DATABASE") != "postgres":
        return pytest("not postgres", arguments)
    binaries = postgres.find_binaries()
    if not binaries:
        say(f"TEST_DATABASE=postgres needs a PostgreSQL server, {postgres.OLDEST} or newer")
        return 1
    with postgres.running(binaries, settings=FOR_TESTS) as url:
        return pytest("not journey", arguments, url)


def whole_suite() -> int:
    """Run all that can run on this machine, then say what passed, what failed and what was not run."""
    install_what_is_missing()
    parallel = ["-n", str(os.cpu_count()), "--dist", "worksteal"]
    results: list[tuple[str, int]] = []
    not_run: list[str] = []

    without_browser = "" if browser() else " and not journey"
    if without_browser:
        not_run.append("browser journeys (no Chromium: install it, or name it in CHROMIUM)")
    results.append(timed("SQLite", lambda: pytest(f"not postgres{without_browser}", parallel)))

    if binaries := postgres.find_binaries():
        with postgres.running(binaries, settings=FOR_TESTS) as url:
            results.append(timed("PostgreSQL", lambda: pytest("not journey", parallel, url)))
    else:
        not_run.append(f"everything on PostgreSQL, races included (no server {postgres.OLDEST} or newer)")

    for line, _ in results:
        say(line)
    for part in not_run:
        say(f"NOT RUN: {part}")
    failed = any(code for _, code in results)
    # In CI a part left out would be a green light for what nobody tried.
    return 1 if failed or (not_run and os.environ.get("CI") == "true") else 0


def pytest(marked: str, arguments: list[str], database_url: str = "") -> int:
    """Run pytest away from the developer's own data. A `-m` among the arguments wins over ours."""
    with private_environment() as environment:
        environment |= {"DATABASE_URL": database_url, "CHROMIUM": browser()}
        return run(python("-m", "pytest", "-m", marked, *arguments), environment)


def timed(database: str, suite: Callable[[], int]) -> tuple[str, int]:
    """Run the suite; return the line that tells how it went, and its exit code."""
    say(f"the suite on {database}")
    start = time.monotonic()
    code = suite()
    return f"{database}: {'FAILED' if code else 'passed'} in {time.monotonic() - start:.0f} s", code


def browser() -> str:
    """Return the full name of a Chromium, or nothing."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), "")


def install_what_is_missing() -> None:
    """On Debian and Ubuntu, as root or with a sudo that asks nothing, install what the suite wants."""
    missing = [
        *([] if browser() else [(HEADLESS, "chromium")]),
        *([] if postgres.find_binaries() else [("postgresql",)]),
    ]
    if not missing or not shutil.which("apt-get"):
        return
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if as_root and subprocess.run(["sh", "-c", "sudo -n true"], capture_output=True, check=False).returncode:
        return
    say(f"installing {' and '.join(names[0] for names in missing)} with apt-get")
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    run([*apt, "update"])
    for names in missing:  # one by one: a name unknown here must not keep the other out
        for name in names:
            if run([*apt, "install", "--yes", "--no-install-recommends", name]) == 0:
                break


# --- small helpers ------------------------------------------------------------------------------
def python(*arguments: str) -> list[str]:
    """Return a command for the Python of .venv."""
    return [sys.executable, *arguments]


def run(command: list[str], environment: dict[str, str] | None = None) -> int:
    """Run a command in the checkout, its output going straight to the screen; return its exit code."""
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


@contextlib.contextmanager
def private_environment() -> Iterator[dict[str, str]]:
    """Give an environment whose data lie in a folder of their own, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="cordee-dev-", ignore_cleanup_errors=True) as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OPERATOR_PREFIXES)}
        yield kept | {"CORDEE_HOME": home, "DJANGO_SETTINGS_MODULE": SETTINGS}


def say(line: str) -> None:
    """Print a line of our own, at once and easy to tell from the tools' output."""
    print(f"== {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
