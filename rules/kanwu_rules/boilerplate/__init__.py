"""BOI: what surrounds an article and is not part of it."""
