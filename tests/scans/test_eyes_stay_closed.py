"""What reads pictures is heavier than all the rest: a web server never loads it."""

import subprocess
import sys

HEAVY = ("cv2", "zxingcpp", "pi_heif", "pypdfium2", "numpy", "PIL")


def test_the_pages_do_not_open_the_eyes() -> None:
    ask = (
        "import sys, cordee.config.wsgi, cordee.config.urls, cordee.scans.files, cordee.scans.pages,"
        f" cordee.documents.reading; print([n for n in {HEAVY} if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
