"""How fast the clocks are: `manage.py bench clocks`. The figures: docs/benchmarks.md."""
