"""Time stamps of an authority: a real one, made with OpenSSL on this machine."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509 import Certificate, load_pem_x509_certificate

from cordee.kernel import clock
from cordee.seals.checking import Fault, Found, check
from cordee.seals.packing import STAMP, Seal, seal
from cordee.seals.stamping import NotStamped, authority
from tests.seals.test_sealing import FILES, KEY, packed, unpacked

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="the authority is made with openssl")
SETTINGS = """
[tsa]
default_tsa = it
[it]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[req]
distinguished_name = dn
[dn]
"""


def openssl(*arguments: str, folder: Path) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Certificate]]:
    """Run an authority on loopback; return its address and the certificate that vouches for it."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "settings").write_text(SETTINGS.format(folder=folder))
    (folder / "serial").write_text("01")
    config = ("-config", "settings")
    new = ("-newkey", "rsa:2048", "-nodes")
    openssl(
        *("req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-days", "9", "-subj", "/CN=Root"),
        *(*config, "-extensions", "ca"),
        folder=folder,
    )
    openssl("req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=TSA", *config, folder=folder)
    openssl(
        *("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"),
        *("-out", "tsa.pem", "-days", "9", "-extfile", "settings", "-extensions", "signer"),
        folder=folder,
    )

    class Authority(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            openssl(
                *("ts", "-reply", *config, "-queryfile", "query", "-signer", "tsa.pem", "-inkey", "tsa.key"),
                *("-section", "it", "-out", "reply"),
                folder=folder,
            )
            self.send_response(200)
            self.end_headers()
            self.wfile.write((folder / "reply").read_bytes())

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Authority)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield (
        f"http://127.0.0.1:{server.server_port}/",
        load_pem_x509_certificate((folder / "ca.pem").read_bytes()),
    )
    server.shutdown()
    server.server_close()


def stamped(url: str, number: int = 1) -> bytes:
    told = Seal(number=number, previous="", sealed_at="2027-01-14T12:00:00+00:00")
    return seal(FILES, told, key=KEY, stamp=authority(url)).content


def test_the_moment_is_said_by_somebody_else(tsa: tuple[str, Certificate]) -> None:
    url, root = tsa
    verdict = check(stamped(url), roots=[root])
    assert verdict.whole
    assert verdict.stamp_vouched
    assert verdict.stamped_at
    assert abs(verdict.stamped_at - clock.real_time()) < timedelta(minutes=5)


def test_without_a_certificate_the_moment_is_shown_and_not_vouched_for(tsa: tuple[str, Certificate]) -> None:
    verdict = check(stamped(tsa[0]))
    assert verdict.whole
    assert verdict.stamped_at
    assert not verdict.stamp_vouched


def test_the_stamp_of_another_file_is_told(tsa: tuple[str, Certificate]) -> None:
    files = unpacked(stamped(tsa[0]))
    files[STAMP] = unpacked(stamped(tsa[0], number=2))[STAMP]
    assert check(packed(files)).found == (Found(Fault.STAMP, STAMP),)


def test_a_stamp_that_was_taken_away_or_altered_is_told(tsa: tuple[str, Certificate]) -> None:
    files = unpacked(stamped(tsa[0]))
    without = {name: content for name, content in files.items() if name != STAMP}
    assert check(packed(without)).found == (Found(Fault.MISSING, STAMP),)
    # The last byte is of the authority's signature, which nobody reads without its certificate.
    other = files[STAMP][:-1] + bytes([files[STAMP][-1] ^ 1])
    assert check(packed(files | {STAMP: other})).found == (Found(Fault.STAMP, STAMP),)


def test_an_authority_that_nobody_vouches_for_is_told(tsa: tuple[str, Certificate], tmp_path: Path) -> None:
    (tmp_path / "settings").write_text(SETTINGS.format(folder=tmp_path))
    openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k", "-out", "c.pem", "-days", "9"),
        *("-subj", "/CN=Other", "-config", "settings", "-extensions", "ca"),
        folder=tmp_path,
    )
    other = load_pem_x509_certificate((tmp_path / "c.pem").read_bytes())
    assert check(stamped(tsa[0]), roots=[other]).found == (Found(Fault.STAMP, STAMP),)


def test_an_authority_that_does_not_answer_seals_nothing() -> None:
    with pytest.raises(NotStamped):
        stamped("http://127.0.0.1:9/")
