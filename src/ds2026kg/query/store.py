"""The embedded store: the published graph in memory, ready to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple

from ds2026kg.errors import DataError
from ds2026kg.findings import Text
from ds2026kg.query.executables import executables
from ds2026kg.query.named import load_queries
from ds2026kg.query.prefixes import DEFAULT_BASE
from ds2026kg.resources import resource_folder

_FORMATS = {
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}
_PREFERRED_STEM = "ds2026"
_ONTOLOGY = "ontology.ttl"
# What a build writes beside the data set itself.
_COMPANIONS = frozenset(
    {"context", "dcat", "ontology", "queries", "report", "schema-org", "shapes", "void"}
)


def open_store(
    quads: Iterable[Quad], ontology: Iterable[Quad | Triple] = (), *, base: str = DEFAULT_BASE
) -> Store:
    """A store of `quads` in their own graphs, with the `ontology` in `<base>graph/ontology`.

    >>> from pyoxigraph import Literal
    >>> quad = Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"), NamedNode("urn:g"))
    >>> len(open_store([quad]))
    1
    """
    store = Store()
    store.bulk_extend(quads)
    graph = _ontology_graph(base)
    store.bulk_extend(Quad(part.subject, part.predicate, part.object, graph) for part in ontology)
    return store


def load_data(path: Path, *, base: str = DEFAULT_BASE) -> Store:
    """A store of the RDF file at `path`, or of the build in the folder at `path`.

    A file is read in the format that its suffix names: ttl, jsonld, nt, nq, trig or rdf. Of a
    folder, the data set is read in a format that keeps the named graphs (N-Quads, TriG) or else in
    one that does not, together with its `ontology.ttl`.
    Raises `DataError`, with line and column where there is one, for what is missing, of another
    format, or cannot be parsed.
    """
    store = Store()
    if path.is_dir():
        load_into(store, _data_file(path))
        ontology = path / _ONTOLOGY
        if ontology.is_file():
            load_into(store, ontology, _ontology_graph(base))
    else:
        load_into(store, path)
    return store


def queries_graph(base: str = DEFAULT_BASE) -> NamedNode:
    """The graph of the stored queries, where editors of SPARQL find them: `<base>graph/queries`."""
    return NamedNode(f"{base}graph/queries")


def load_stored_queries(store: Store, *, base: str = DEFAULT_BASE, endpoint: str = "") -> None:
    """Add the stored queries, as `executables` describes them, to their graph in `store`."""
    stored = load_queries(resource_folder("queries")).values()
    turtle = "".join(executables(stored, base=base, endpoint=endpoint))
    store.load(turtle, format=RdfFormat.TURTLE, to_graph=queries_graph(base))


def _ontology_graph(base: str) -> NamedNode:
    return NamedNode(f"{base}graph/ontology")


def _data_file(folder: Path) -> Path:
    """The data set in `folder`: ds2026.nq, or else the first by format and name."""
    order = list(_FORMATS)
    files = sorted(
        (
            file
            for file in folder.iterdir()
            if file.suffix in _FORMATS and file.stem not in _COMPANIONS and file.is_file()
        ),
        key=lambda file: (order.index(file.suffix), file.stem != _PREFERRED_STEM, file.name),
    )
    if files:
        return files[0]
    raise DataError(
        Text("the folder holds no RDF data set", "le dossier ne contient aucun jeu de données RDF"),
        place=str(folder),
        remedy=Text(
            "build first (ds2026kg build), or name a file",
            "lancez d’abord ds2026kg build, ou nommez un fichier",
        ),
    )


def load_into(store: Store, file: Path, graph: NamedNode | None = None) -> None:
    """Add the RDF file at `file` to `store`, in its own graphs or all of it in `graph`.

    Raises `DataError` as `load_data` does.
    """
    kind = _FORMATS.get(file.suffix.lower())
    if kind is None and file.exists():
        raise DataError(
            Text("this is not a known RDF format", "ce format RDF n’est pas connu"),
            place=str(file),
            remedy=Text(
                f"give a file that ends in one of: {', '.join(_FORMATS)}",
                f"donnez un fichier dont le nom se termine par\u00a0: {', '.join(_FORMATS)}",
            ),
        )
    try:
        data = file.read_bytes()
        store.bulk_load(data, format=kind, to_graph=graph)
    except FileNotFoundError as error:
        raise DataError(
            Text("there is no such file or folder", "ce fichier ou dossier n’existe pas"),
            place=str(file),
            remedy=Text("check the path", "vérifiez le chemin"),
        ) from error
    except OSError as error:
        raise DataError(
            Text("the file cannot be read", "le fichier ne peut être lu"),
            place=str(file),
            remedy=Text("check its permissions", "vérifiez ses permissions"),
        ) from error
    except SyntaxError as error:
        raise _unparsable(file, error) from error


def _unparsable(file: Path, error: SyntaxError) -> DataError:
    place = ":".join(str(part) for part in (file, error.lineno, error.offset) if part is not None)
    detail = str(error.msg)
    return DataError(
        Text(
            f"the data cannot be parsed: {detail}", f"les données sont illisibles\u00a0: {detail}"
        ),
        place=place,
        remedy=Text(
            "mend the file there, or build it again", "corrigez le fichier, ou refaites-le"
        ),
    )
