"""Measuring the engine on labelled data. Needs nothing but the engine."""
