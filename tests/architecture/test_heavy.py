"""What reads pictures, seals and draws invoices is heavy: a web server never loads it."""

import subprocess
import sys

PICTURES = ("cv2", "zxingcpp", "pi_heif", "pypdfium2", "numpy", "PIL")
INVOICES = ("lxml", "facturx", "pypdf", "pikepdf", "sepaxml", "saxonche")
HEAVY = (*PICTURES, "cryptography", *INVOICES)


def test_a_web_server_loads_none_of_it() -> None:
    rooms = "cordee.config.wsgi, cordee.config.urls, cordee.scans.pages, cordee.documents.reading"
    loaded = (
        f"import sys, django, {rooms}; django.setup(); import cordee.evidence.actions, cordee.invoices.tasks"
    )
    ask = f"{loaded}; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
