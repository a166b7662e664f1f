"""Take pictures of the demonstration, in a real browser: those of the README (`python -m tools.screenshots`), or with
`--help-pictures` those of the help, in each language, or some of them by name (Pillow comes with `eyes`).
"""

import io
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
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
HELP = ROOT / "src/cordee/web/help/static/help"
HELP_SIZES = {"desk": {"width": 840, "height": 560}, "phone": {"width": 390, "height": 640}}
"""As `web/help/views.py` shows them."""
HELP_SCALE = 1.5
HELP_MOST = 60_000
"""Bytes of a picture of the help."""
ONLY_THE_PAGE = """
.ribbon, .bar, .foot, .help-link, .toasts { display: none !important }
:root, body { --tabbar: 0px !important }"""
HELP_PICTURES = (
    # name, persona, size, path, where the picture begins
    ("mission", "coordinator", "desk", "mission", "main"),
    ("plan", "coordinator", "desk", "plan", "main"),
    ("list", "coordinator", "desk", "list", "main"),
    ("signing", "coordinator", "phone", "signing", "main .card header + *"),
    ("presence", "coordinator", "phone", "to record", "main"),
    ("holds", "coordinator", "desk", "holds", "main"),
    ("fees", "coordinator", "desk", "fees", "main"),
    ("paid", "facilitator", "desk", "/paid/", "main"),
    ("orders", "operations", "desk", "/missions/", "main"),
    ("house", "operations", "desk", "/catalogue/", "main"),
    ("results", "quality", "desk", "/surveys/", "main"),
    ("improve", "quality", "desk", "/improvements/", "main"),
    ("audit", "quality", "desk", "/quality/indicators/", "main"),
    ("money", "finance", "desk", "/payments/", "main"),
)
WAYS = {
    # from where, the first link that begins so, what follows in the address; the first session to do lacks its presence
    "plan": ("/my/", "/missions/M-", "plan/"),
    "signing": ("/my/today/", "/sessions/S-", "signing/"),
    "to record": ("/my/", "/sessions/S-", "presence/"),
    "holds": ("/my/", "/sessions/S-", "sheet/"),
}
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


def open_as(browser: Browser, persona: str, context: dict[str, Any]) -> Page:
    """Log in as a persona, in a browser of its own."""
    page = browser.new_context(**context).new_page()
    page.goto(f"{URL}/account/login/")
    page.locator(f'main button[value="{persona}"]').click()
    page.wait_for_load_state("networkidle")
    return page


def main() -> None:
    """Take every picture of the README, or of the help."""
    with demo(), sync_playwright() as playwright:
        languages = ("fr", "en") if "--help-pictures" in sys.argv else ("fr",)
        for language in languages:
            flags = [*FLAGS, f"--lang={language}"]  # in which fields show a day
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
            if "--help-pictures" in sys.argv:
                take_for_help(browser, language)
            else:
                take_for_readme(browser)
            browser.close()


def take_for_readme(browser: Browser) -> None:
    """Take whole screens."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, persona, size, theme, path in PICTURES:
        scale = 1 if size == "desk" else 2
        seen = {
            "viewport": SIZES[size],
            "color_scheme": theme,
            "locale": "fr-FR",
            "device_scale_factor": scale,
        }
        page = open_as(browser, persona, seen)
        go(page, path)
        page.screenshot(path=IMAGES / f"{name}-{size}-{theme}.png", full_page=size == "desk")
        page.context.close()


def take_for_help(browser: Browser, language: str) -> None:
    """Take the pages alone, without what stands around all of them, small."""
    HELP.mkdir(parents=True, exist_ok=True)
    wanted = set(sys.argv[2:]) or {name for name, *_ in HELP_PICTURES}
    for name, persona, size, path, begins in HELP_PICTURES:
        if name not in wanted:
            continue
        seen = {"viewport": HELP_SIZES[size], "locale": language, "device_scale_factor": HELP_SCALE}
        page = open_as(browser, persona, {**seen, "color_scheme": "light", "bypass_csp": True})
        speak(page, language)
        go(page, path)
        page.add_style_tag(content=ONLY_THE_PAGE)
        top = page.locator(begins).first.evaluate("e => e.getBoundingClientRect().top + window.scrollY")
        cut = {"x": 0, "y": top, **HELP_SIZES[size]}  # from below the fold: of the page drawn in one piece
        picture = page.screenshot(full_page=True, clip=cut) if top > 0 else page.screenshot()
        keep(picture, HELP / f"{name}-{size}-{language}.webp")
        page.context.close()


def speak(page: Page, language: str) -> None:
    """Choose a language in the menu of the account, as people do."""
    choice = page.locator(f'#account-menu button[name="language"][value="{language}"]')
    with page.expect_navigation(wait_until="networkidle"):
        choice.evaluate("button => button.form.requestSubmit(button)")


def keep(picture: bytes, file: Path) -> None:
    """Write a picture as WebP, no larger than a page can bear."""
    with Image.open(io.BytesIO(picture)) as image:
        image.save(file, "WEBP", quality=60, method=6)
    size = file.stat().st_size
    print(f"{file.name}: {size} bytes")
    if size > HELP_MOST:
        sys.exit(f"{file.name} is larger than {HELP_MOST} bytes.")


def go(page: Page, path: str) -> None:
    """Open a path, or what is meant of a session or a mission: see below."""
    if path.startswith("/"):
        page.goto(URL + path)
    elif path in WAYS:
        start, link, after = WAYS[path]
        page.goto(URL + start)
        there = str(page.locator(f"main a[href^='{link}']").first.get_attribute("href"))
        page.goto(URL + there.removesuffix("presence/") + after)
    elif path == "fees":
        _go_to_fees(page)
    else:
        _go_to_next_session(page, path)
    page.wait_for_load_state("networkidle")


def _go_to_fees(page: Page) -> None:
    """Find a mission with fees to ask for."""
    page.goto(f"{URL}/my/missions/")
    missions = page.locator('main a[href^="/missions/M-"]')
    for mission in missions.evaluate_all("links => links.map(a => a.getAttribute('href'))"):
        page.goto(f"{URL}{mission}fees/")
        if page.locator("main form").count():
            return


def _go_to_next_session(page: Page, path: str) -> None:
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


if __name__ == "__main__":
    main()
