"""An example of a plugin: a package whose modules each hold a rule."""
