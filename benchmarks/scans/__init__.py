"""Signed sheets made up: printed, signed, bent, photographed; and how many of their boxes are read right."""
