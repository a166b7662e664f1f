"""Signed sheets on paper: depositing them, following how they are read, comparing what was read with the picture."""
