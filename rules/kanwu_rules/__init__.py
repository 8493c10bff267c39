"""The built-in rules of kanwu: one folder a family, one file a rule."""
