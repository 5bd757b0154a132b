"""Descriptions of the data set: settings, facts and files in; DCAT, VoID, schema.org and CKAN out.

Nothing here reads or writes. What only the publisher can know comes from the settings; what is not
there is left out of every description, and `missing` says what to fill in.
"""

from ds2026kg.catalog.ckan import ckan_package
from ds2026kg.catalog.completeness import Missing, incomplete, missing
from ds2026kg.catalog.dataset import Dataset, File, dataset_of
from ds2026kg.catalog.dcat import dcat
from ds2026kg.catalog.schema_org import schema_org

__all__ = [
    "Dataset",
    "File",
    "Missing",
    "ckan_package",
    "dataset_of",
    "dcat",
    "incomplete",
    "missing",
    "schema_org",
]
