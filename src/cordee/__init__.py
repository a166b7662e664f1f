"""Cordée: the mission desk of training organisations that work with freelance facilitators."""

__version__ = "0.1.0"
