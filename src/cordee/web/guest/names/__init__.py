"""The pages on which a client's contact gives the names, through a personal link."""
