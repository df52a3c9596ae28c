"""Downloads of files from the first public mirror that has them undamaged."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnviz.errors import DownloadError

if TYPE_CHECKING:
    import requests

# A mirror that has said nothing for so long is taken for dead; the next one is tried.
_TIMEOUT_SECONDS = 20
# Bytes between two steps of the progress bar: smooth, and still few calls.
_CHUNK_BYTES = 1 << 16


def download(name: str, sha256: str, folder: Path, mirrors: Sequence[str], remedy: str) -> None:
    """Make sure that a folder holds a file; fetch it if it is missing or damaged.

    Parameters
    ----------
    name
        Name of the file, in the folder and on every mirror.
    sha256
        SHA-256 of the file, 64 hexadecimal digits.
    folder
        Folder of the file, made if need be. The file appears in it whole and checked, or not
        at all.
    mirrors
        Addresses of folders on the web, each ending in ``/``, tried in turn.
    remedy
        Sentence that ends the error message: what the user can do if no mirror helps.

    Raises
    ------
    DownloadError
        If no mirror has the file, or the folder cannot be written to.
    """
    import pooch  # type: ignore[import-untyped]

    try:
        # pooch downloads under a temporary name, checks the sum and only then renames.
        with _quiet(pooch.get_logger()):
            pooch.retrieve(
                url=mirrors[0] + name,
                known_hash=f"sha256:{sha256}",
                fname=name,
                path=folder,
                downloader=_Mirrors(name, sha256, mirrors, remedy),
            )
    except DownloadError:
        raise
    except OSError as error:
        fault = error.strerror or error
        message = f"{name} cannot be kept in {folder}: {fault}. {remedy}"
        raise DownloadError(message) from error


@dataclass(frozen=True, slots=True)
class _Mirrors:
    """A downloader for pooch that tries several mirrors; pooch knows of one address only."""

    name: str
    sha256: str
    mirrors: Sequence[str]
    remedy: str

    def __call__(self, _url: str, output_file: str, _pooch: object) -> None:
        if sys.stderr.isatty():
            from nnviz.data.download_bar import DownloadBar

            with DownloadBar(self.name) as bar:
                self._try_all(output_file, bar)
        else:
            self._try_all(output_file, False)

    def _try_all(self, output_file: str, progressbar: Any) -> None:
        import pooch
        import requests

        get = pooch.HTTPDownloader(
            progressbar=progressbar,
            chunk_size=_CHUNK_BYTES,
            timeout=_TIMEOUT_SECONDS,
            # Else a server may call the .gz file an encoding, and it would come unpacked.
            headers={"Accept-Encoding": "identity"},
        )
        faults = []
        for mirror in self.mirrors:
            try:
                get(mirror + self.name, output_file, None)
            except requests.RequestException as error:
                faults.append(f"{mirror} ({_describe(error)})")
                continue
            if pooch.file_hash(output_file) == self.sha256:
                return
            faults.append(f"{mirror} (wrong checksum)")
        message = f"{self.name} could not be downloaded; tried {', '.join(faults)}. {self.remedy}"
        raise DownloadError(message)


def _describe(error: requests.RequestException) -> str:
    import requests

    if error.response is not None:
        return f"HTTP {error.response.status_code}"
    if isinstance(error, requests.Timeout):
        return "timed out"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "cut short"
    # Its subclasses, such as SSLError, say more by their name.
    return "no connection" if type(error) is requests.ConnectionError else type(error).__name__


@contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
