"""ENC: damage on the way from bytes to characters."""
