"""Documents: from bytes to text and back."""
