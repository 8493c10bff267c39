"""A session: one run over some paths, from their files to the findings of the whole."""
