"""Take the pictures of the README from the demonstration, in a real browser: `python -m tools.screenshots`."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs/images"
PORT = 8769
URL = f"http://localhost:{PORT}"
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PICTURES = (
    # name, persona, size, theme, path (or "mission", "session", "presence", "list": those of the next session)
    ("office", "operations", "desk", "light", "/office/"),
    ("mission", "coordinator", "desk", "light", "mission"),
    ("mission", "coordinator", "phone", "dark", "mission"),
    ("session", "coordinator", "desk", "light", "session"),
    ("presence", "coordinator", "phone", "light", "presence"),
    ("list", "coordinator", "desk", "light", "list"),
    ("list", "coordinator", "phone", "dark", "list"),
)
A_LIST = """Nom;Prénom;Courriel;Service
BENALI;Nadia;nadia.benali@valmont.example;Culture
DUPONT;Jean-Marc;jm.dupont@gmial.com;Culture
Le Goff;Yann;yann.legoff@@valmont.example;Sports
Roux;Inès;;Sports
BENALI;Nadia;nadia.benali@valmont.example;Culture"""
"""As a client sends it: one address mistyped, one impossible, one missing, one person twice."""


@contextmanager
def demo() -> Iterator[None]:
    """Serve the demonstration from a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "CORDEE_HOME": home, "PORT": str(PORT)}
        server = subprocess.Popen([ROOT / "cordee", "demo"], env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait()
            yield
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait() -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{URL}/healthz", timeout=1)  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit("The demonstration did not start.")


def open_as(browser: Browser, persona: str, size: str, theme: str) -> Page:
    """Log in as a persona, in a browser of its own."""
    context = browser.new_context(
        viewport=SIZES[size],  # type: ignore[arg-type]  # playwright's own typed dictionary
        color_scheme=theme,  # type: ignore[arg-type]
        locale="fr-FR",
        device_scale_factor=1 if size == "desk" else 2,
    )
    page = context.new_page()
    page.goto(f"{URL}/account/login/")
    page.locator(f'main button[value="{persona}"]').click()
    page.wait_for_load_state("networkidle")
    return page


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, persona, size, theme, path in PICTURES:
            page = open_as(browser, persona, size, theme)
            go(page, path)
            page.screenshot(path=IMAGES / f"{name}-{size}-{theme}.png", full_page=size == "desk")
            page.context.close()
        browser.close()


def go(page: Page, path: str) -> None:
    """Open a path, or the page of the next session that is meant."""
    if path.startswith("/"):
        page.goto(URL + path)
        return
    page.goto(f"{URL}/my/sessions/")
    page.locator('main a[href^="/sessions/S-"]').first.click()
    page.wait_for_url("**/sessions/S-*/")
    if path == "presence":
        page.goto(page.url + "presence/")
    if path == "list":
        page.goto(page.url + "people/")
        if not page.locator(".list-row").count():  # kept since the picture before
            page.locator("[name=text]").fill(A_LIST)
            page.locator("button[value=read]").click()
    if path == "mission":
        page.locator('main a[href^="/missions/M-"]').first.click()
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()
