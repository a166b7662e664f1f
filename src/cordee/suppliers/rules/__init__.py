"""Who may keep what is known of suppliers, what cannot be right, and what is still missing."""
