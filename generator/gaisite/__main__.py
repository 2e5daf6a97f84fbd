"""`python -m gaisite`."""

from gaisite.cli import main

if __name__ == "__main__":
    main()
