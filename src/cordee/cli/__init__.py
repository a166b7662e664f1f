"""The `cordee` command: parse, call an action or a query, print."""
