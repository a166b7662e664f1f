"""The demo world: a year of an invented organisation's life, made through the same actions that people use.

Each mission is a story that says what happens and when; the clock is moved from one moment to the next, so
that journal, mails and references are what they would have been. What lies ahead has not happened yet.
"""
