"""Timed work, never part of the tests: the build by phase, beside the plain way of doing the same.

    generator  writes a vault of this strategy's shape, of any size
    sentences  what its commitments say, in both languages
    plain      the same data set with python-frontmatter, rdflib and pyshacl, and nothing else
    measuring  one build in a process of its own: seconds by phase, peak of memory
    report     the figures as a table

`python -m benchmarks 1000` runs it all.
"""
