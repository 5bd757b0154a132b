"""The court: statements and shapes in, findings out; reporters turn all findings into reports.

    shapes.py     the SHACL files, read into rules that speak both languages
    data.py       statements as the rdflib graph that pyshacl reads
    engine.py     pyshacl's verdict, result by result
    judge.py      each result as a `Finding`, traced to the note, line and column behind it
    summary.py    findings counted, and held against `--fail-on`
    reporters/    the findings as text, JSON and Turtle

`judge` and `shapes` bring rdflib and pyshacl with them; `summary` and `reporters` do not.
"""
