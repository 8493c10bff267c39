"""The language server: findings, repairs and rule pages in an editor."""
