"""The engine beside the best of what people would use instead: rows P1–P6, P8–P11 and P15 of the benchmark table."""
