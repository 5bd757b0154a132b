"""`python -m ds2026kg`."""

from ds2026kg.cli import main

if __name__ == "__main__":
    main()
