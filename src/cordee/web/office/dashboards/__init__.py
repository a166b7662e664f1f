"""Where the work of a role stands, in figures that each open their list."""
