"""Has the sheets of many sessions accepted, then waits for their seals: `python -m benchmarks.sealed 500`.

In a process of its own, as `benchmarks.imported`.
"""

import sys
import time

import django

MOST_SECONDS = 900


def main(how_many: int, *, wait: bool) -> None:
    """Have the sheets accepted; or, with `wait`, wait until all are sealed, and print how many seconds that took."""
    django.setup()
    if wait:
        _wait(how_many)
        return
    from benchmarks.many_sheets import accept_sheets

    accept_sheets(how_many)


def _wait(how_many: int) -> None:
    from cordee.evidence.models import SealedFile

    start = time.monotonic()
    while SealedFile.objects.count() < how_many:
        if time.monotonic() - start > MOST_SECONDS:
            raise SystemExit("not all were sealed")
        time.sleep(0.1)
    print(f"{time.monotonic() - start:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]), wait="--wait" in sys.argv)
