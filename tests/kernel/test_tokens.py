"""Tokens of links are known where they stand, and nothing else is taken for one."""

import pytest

from cordee.kernel.tokens import hidden, hidden_in_log

TOKEN = "12:" + "aB3-_" * 8 + "xyz"
CUT = TOKEN[:-1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"http://localhost:8000/p/{TOKEN}/", "http://localhost:8000/p/…/"),
        (f"Open https://m.example/a/{TOKEN}/ today.", "Open https://m.example/a/…/ today."),
        (f"<a href='/w/{TOKEN}/page/'>", "<a href='/w/…/page/'>"),
        (f"/c/{TOKEN.replace(':', '%3A')}/S-1/", "/c/…/S-1/"),
        (f"/c/{TOKEN.replace(':', '%3a')}/S-1/", "/c/…/S-1/"),
        (f"{TOKEN} {TOKEN}", "… …"),
        ("at 12:30, room https://visio.example/r/atelier", "at 12:30, room https://visio.example/r/atelier"),
        (f"{TOKEN}x is longer than a token", f"{TOKEN}x is longer than a token"),
    ],
)
def test_a_token_is_hidden_and_the_rest_stays(text: str, shown: str) -> None:
    assert hidden(text) == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (f"Not Found: /p/{CUT}", "Not Found: /p/…"),
        (f"Forbidden (CSRF cookie not set.): /w/{CUT}/", "Forbidden (CSRF cookie not set.): /w/…/"),
        ('"GET /r/dCN6o4Wlh0nNnGZ3/ HTTP/1.1" 200', '"GET /r/…/ HTTP/1.1" 200'),
        ("POST /account/password/reset/key/1-d5a-9b8c/", "POST /account/password/reset/key/…/"),
        ("Not Found: /fees/p/2026/", "Not Found: /fees/p/2026/"),
        ("Not Found: /people/12/", "Not Found: /people/12/"),
    ],
)
def test_in_a_log_a_spoiled_token_is_hidden_too(line: str, shown: str) -> None:
    assert hidden_in_log(line) == shown
