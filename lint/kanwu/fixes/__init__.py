"""Fixes: how edits are applied, and how files are written."""
