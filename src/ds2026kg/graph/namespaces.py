"""The namespaces and names that the graph room itself must know."""

from __future__ import annotations

from typing import Final

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ORG: Final = "http://www.w3.org/ns/org#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

RDF_TYPE: Final = RDF + "type"
ORG_CLASSIFICATION: Final = ORG + "classification"
XSD_DATE: Final = XSD + "date"
XSD_INTEGER: Final = XSD + "integer"
