"""The command line. Each command imports what it needs when it runs, so that `--help` and the engine's commands need
neither the server's nor Temporal's libraries."""
