"""WRD: slips in words."""
