"""Suppliers, as finance sees them: who is ready, what is missing, whose turn it is."""
