"""TRU: paragraphs that are cut, split or interrupted."""
