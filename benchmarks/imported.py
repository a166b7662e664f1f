"""Puts many people on the list of a session, as an import does: `python -m benchmarks.imported 300`.

In a process of its own: the house it works on, a prepared and empty one, is the one that the environment names.
What follows from the import is left to the worker.
"""

import sys

import django


def main(how_many: int) -> None:
    """Tell the shortest story up to the import."""
    django.setup()
    from benchmarks.first_session import import_list

    import_list(how_many)


if __name__ == "__main__":
    main(int(sys.argv[1]))
