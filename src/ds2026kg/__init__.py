"""ds2026kg publishes an Obsidian vault of government strategy notes as Linked Data."""

__version__ = "0.1.0"
