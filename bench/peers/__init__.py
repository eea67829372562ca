"""The engine beside the best of what people would use instead: rows P1–P3, P8–P10 and P15 of the benchmark table."""
