"""`musicsync demo`: the whole product at work on real songs, on this machine, in under a minute."""
