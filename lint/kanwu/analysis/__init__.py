"""Analyses: what is computed once from a document and shared by all rules."""
