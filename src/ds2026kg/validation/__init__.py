"""The validation room: statements and shapes in, findings out; reporters turn findings into reports.

    shapes.py      the SHACL files, read into rules that speak both languages
    soundness.py   whether the user's own can be used; idle.py: which of them judge nothing
    terms.py       RDF terms in pyoxigraph and in rdflib; data.py: the graph that pyshacl reads
    engine.py      which engine judges; result.py and paths.py: what a result is
    pyshacl_engine.py, shacl_engine.py   their verdicts, result by result
    adaptation.py  the shapes as pyshacl gets them right; agreement.py: where shacl says the same
    judge.py       each result as a `Finding`: bindings.py has its words, trace.py its place
    constraint_queries.py, solutions.py  the SPARQL of constraints, and its answers
    summary.py     findings counted, and held against `--fail-on`
    fingerprints.py    what a finding is known by from one run to the next
    reporters/     the findings as text, JSON, SARIF, Turtle, and as CI systems want them

`judge` and `shapes` bring rdflib with them, and pyshacl where it judges; `summary` and `reporters`
do not.
"""
