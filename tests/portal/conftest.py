"""The plugin runs inside CKAN, where there are packages that are not here."""

collect_ignore = ["plugin"]
