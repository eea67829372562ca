"""Load on the pipeline: rows P13 of the benchmark table."""
