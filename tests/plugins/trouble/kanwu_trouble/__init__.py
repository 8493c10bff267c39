"""A plugin whose rules go wrong, each in its own way."""
