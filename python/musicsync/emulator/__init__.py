"""A Spotify of one's own: the Web API of 2026 and its sign-in over real HTTP, with faults on request.

    python -m musicsync.emulator --catalogue tracks.jsonl --port 8900 --data ./emulator

The product never imports this package; it runs as a process of its own and a client cannot tell the difference.
"""
