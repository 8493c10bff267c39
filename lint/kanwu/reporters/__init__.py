"""Reporters: findings as text, JSON and other formats."""
