"""What the board of a mission says when nothing is due."""

from datetime import date

NOTHING_DUE = date(9999, 12, 31)
"""Sorts after every real deadline, on every database."""
