"""The engine: the contract of rules, how they are found, and how they are run."""
