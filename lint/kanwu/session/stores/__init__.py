"""Where a run puts what does not fit into memory: findings, and records of corpus rules, in temporary files."""
