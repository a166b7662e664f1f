"""`weight`: what a page weighs on the wire in a real browser, and the memory of a web worker after a run."""

import itertools
import json
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from benchmarks import serving
from benchmarks.places import ROOT, World, server_for
from tools.dev import browser as find_browser

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AT_ONCE = 4


def measure(world: World, requests: int) -> dict[str, Any]:
    """Serve a world, visit its pages, send it many requests, print and return the figures."""
    with server_for([world]) as server:
        environment = world.environment(server)
        visit = _log_in(world, environment)
        port = serving.free_port()
        environment |= {"PORT": str(port), "CORDEE_URL": f"http://127.0.0.1:{port}"}
        with serving.running(serving.web_command(), port, environment=environment, folder=ROOT) as web:
            fresh = web.memory()
            pages = _weigh(web.address, visit)
            _send(web.address, visit, requests)
            worker, together = web.memory()
    told = {
        "pages": pages,
        "requests": requests,
        "worker_mb_at_start": round(fresh[0]),
        "worker_mb": round(worker),
        "all_processes_mb": round(together),
    }
    for name, page in pages.items():
        print(f"{name:<13} first visit {page['first_kb']:.1f} kB, after {page['after_kb']:.1f} kB")
        for address, size in page["assets"].items():
            print(f"   {size:>8.1f} kB  {address}")
    print(f"web worker after {requests} requests: {worker:.0f} MB (at the start {fresh[0]:.0f} MB)")
    return {world.name: told}


def _log_in(world: World, environment: dict[str, str]) -> dict[str, Any]:
    """Return the session of the coordinator, and the addresses to visit."""
    command = [sys.executable, "-m", "benchmarks.inside", "visit", "--folder", str(world.folder)]
    told = subprocess.check_output(command, cwd=ROOT, env=environment, text=True)
    return dict(json.loads(told.splitlines()[-1]))


# --- on the wire --------------------------------------------------------------------------------
def _weigh(address: str, visit: dict[str, Any]) -> dict[str, Any]:
    """Return the kilobytes of each page for a browser that comes for the first time, then again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser() or None, args=list(QUIET), headless=True
        )
        told = {}
        for name, path in visit["pages"].items():
            context = _context(browser, address, visit)
            first = _load(context, address + path)
            after = _load(context, address + path)
            context.close()
            told[name] = {
                "first_kb": round(sum(first.values()) / 1000, 1),
                "after_kb": round(sum(after.values()) / 1000, 1),
                "assets": {urlsplit(url).path: round(size / 1000, 1) for url, size in first.items()},
            }
        browser.close()
    return told


def _context(browser: Browser, address: str, visit: dict[str, Any]) -> BrowserContext:
    context = browser.new_context(locale="fr-FR")
    context.add_cookies([{"name": visit["name"], "value": visit["value"], "url": address}])
    return context


def _load(context: BrowserContext, url: str) -> dict[str, int]:
    """Return the bytes received for a page and each of its assets, headers included."""
    page = context.new_page()
    network = context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def asked(event: Any) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def received(event: Any) -> None:
        name = addresses.get(event["requestId"], "")
        if name.startswith("http"):
            sizes[name] = sizes.get(name, 0) + int(event["encodedDataLength"])

    network.on("Network.requestWillBeSent", asked)
    network.on("Network.loadingFinished", received)
    network.send("Network.enable")
    answer = page.goto(url, wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{url} answers {answer.status if answer else 'nothing'}")
    page.close()
    return sizes


# --- memory -------------------------------------------------------------------------------------
def _send(address: str, visit: dict[str, Any], requests: int) -> None:
    """Ask for the pages in turn, a few at a time, with a sheet now and then, as people do on a busy day."""
    pages = list(visit["pages"].values())
    wanted = itertools.cycle([*pages * 10, visit["sheet"]])
    shares = [list(itertools.islice(wanted, requests // AT_ONCE)) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda share: _ask(address, visit, share), shares))


def _ask(address: str, visit: dict[str, Any], paths: Iterable[str]) -> None:
    host = urlsplit(address)
    connection = HTTPConnection(host.hostname or "", host.port, timeout=30)
    headers = {
        "Cookie": f"{visit['name']}={visit['value']}",
        "Accept-Encoding": "gzip",
        "Accept-Language": "fr",
    }
    for path in paths:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answers {answer.status}")
    connection.close()
