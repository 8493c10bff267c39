"""SCR: simplified and traditional characters."""
