"""Limits and times of what people answer."""

from datetime import timedelta

LONGEST = {"short_text": 200, "long_text": 2000}
"""Characters, by kind of question."""

KEPT_FOR = timedelta(days=92)
"""How long after a session answers are kept with the name of who gave them.

They serve to adapt the session (Qualiopi, indicator 8); no law asks to keep them longer, and personal data is kept
no longer than it serves (GDPR, article 5). Three months leave time to look into a complaint or an audit of the session.
"""
FEWEST_COUNTED = 5
"""Answers of fewer people are deleted without being counted: so few counts would still tell who said what."""
