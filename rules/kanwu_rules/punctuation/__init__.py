"""PUN: width and punctuation."""
