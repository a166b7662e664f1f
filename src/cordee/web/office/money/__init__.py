"""Finance's pages: invoices, and payments."""
