"""From a template and data to a PDF. Knows no business: pages, fonts and characters only."""
