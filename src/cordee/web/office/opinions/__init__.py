"""What people thought of it: figures, comparisons, comments, and the answers behind them."""
