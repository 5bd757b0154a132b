"""Single files, such as reports and charts: all of them whole, or none at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from ds2026kg.targets.staging import Staging, output_error, place_of


def write_files(contents: Mapping[Path, str | bytes]) -> None:
    """Write to each file what it is to hold, text in UTF-8; a symbolic link keeps leading to it.

    Raises `OutputError` for the first that cannot be written; all files are then as they were.

    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp()) / "report.txt"
    >>> write_files({place: "nothing found"})
    >>> place.read_text()
    'nothing found'
    """
    with Staging() as staging:
        for file, content in contents.items():
            try:
                real = _real(file)
                staging.write(real.parent, real.name, (content,))
            except OSError as error:
                place = file.parent if error.errno == errno.ENOTDIR else file
                raise output_error(place, error) from error
        try:
            staging.exchange()
        except OSError as error:
            raise output_error(place_of(error, Path()), error) from error


def _real(file: Path) -> Path:
    """Where `file` lies; `OSError` if anything but a file is there."""
    real = Path(os.path.realpath(file))
    if real.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder", str(real))
    if real.exists() and not real.is_file():
        raise OSError(errno.EINVAL, "not a file", str(real))
    return real
