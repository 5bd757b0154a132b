"""The query room: questions in SPARQL, asked of the published graph on the embedded store.

    store -> named -> parameters -> guard -> run -> table, formats

`store` opens the data, `named` reads the questions in `queries/`, `parameters` binds what the
asker chose, `guard` decides what may run, `run` answers with a `Result`, and `table` and `formats`
write it out. `describing` gathers what the data say of one thing, `vocabulary` has the terms, and
`rdf` writes triples. Nothing here prints, and nothing here changes the graph.
"""
