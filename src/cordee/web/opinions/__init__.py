"""What people thought of it, as pages of every audience show it: figures, method, places, comments."""
