"""`python -m musicsync` is the command line."""

from musicsync.cli.main import main

if __name__ == "__main__":
    main()
