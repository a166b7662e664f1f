"""The books: months and their entries, VAT, what each supplier is owed, the accounts."""
