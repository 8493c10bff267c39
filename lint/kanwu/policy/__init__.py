"""Policy: what the user has chosen, and from where."""
