"""Files of tracks, of many kinds, into the engine."""
