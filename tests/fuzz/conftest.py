"""The fuzz target is a program of its own, and needs atheris: pytest does not collect it."""

collect_ignore = ["fuzz_read_note.py"]
