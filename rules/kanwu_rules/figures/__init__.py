"""FIG: figures, names and identifiers that do not agree."""
