"""Records the presence of many people on a session that is over: `python -m benchmarks.certified 300`.

In a process of its own, as `benchmarks.imported`: what follows, certificates and mails, is left to the worker.
"""

import sys

import django


def main(how_many: int) -> None:
    """Tell the shortest story up to the presence."""
    django.setup()
    from benchmarks.first_session import record_presence

    record_presence(how_many)


if __name__ == "__main__":
    main(int(sys.argv[1]))
