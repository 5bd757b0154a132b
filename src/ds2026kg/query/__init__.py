"""The query room: questions in SPARQL, asked of the published graph on the embedded store.

    store -> named -> parameters -> guard -> run -> table, formats

`store` opens the data, `named` reads the questions in `queries/`, `parameters` binds what the
asker chose, `guard` decides what may run, `run` answers with a `Result`, and `table` and `formats`
write it out. Nothing here prints, and nothing here changes the graph.
"""
