"""The Spotify Web API behind `ports.SpotifyPort`: sign-in, tokens, calls, and every failure as one of `errors.py`."""
