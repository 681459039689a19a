"""What the house costs, beside its yardsticks: `python -m bench`. docs/features/bench.md says how to read it."""
