"""`python -m empathy_audit` is the console script."""

from empathy_audit.cli import main

# Processes started by --jobs import this module again, and must not run it.
if __name__ == "__main__":
    main()
