"""Files that prove that nothing in them was changed, added or taken away. Knows no business: names and bytes only."""
