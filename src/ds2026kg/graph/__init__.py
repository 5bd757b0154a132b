"""Strategy in, RDF out: terms, mapping, dataset, serialization and canonical form.

    ontology/  -> vocabulary   what every key and property means
    Entity     -> description  what is published of one thing, in order, still without RDF
               -> mapping      the same as quads, each with the place it was read from
               -> serialization  the same as Turtle, JSON-LD, N-Quads, CSV, ...

A `Description` is the one source of what is published: writers and quads are both made from it,
so that no two formats can differ.
"""
