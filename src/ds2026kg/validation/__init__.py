"""The validation room: statements and shapes in, findings out; reporters turn findings into reports.

    shapes.py      the SHACL files, read into rules that speak both languages
    terms.py       RDF terms in pyoxigraph and in rdflib; data.py: the graph that pyshacl reads
    adaptation.py  the shapes as pyshacl gets them right
    engine.py      pyshacl's verdict, result by result; result.py and paths.py: what a result is
    judge.py       each result as a `Finding`: bindings.py has its words, trace.py its place
    summary.py     findings counted, and held against `--fail-on`
    fingerprints.py    what a finding is known by from one run to the next
    reporters/     the findings as text, JSON, SARIF, Turtle, and as CI systems want them

`judge` and `shapes` bring rdflib and pyshacl with them; `summary` and `reporters` do not.
"""
