"""Questionnaires: written, looked at, published."""
