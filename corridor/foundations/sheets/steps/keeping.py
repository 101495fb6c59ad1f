"""The file of an import: kept as it came, opened where it stands, and forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..models import Import


def keep_file(key: str, content: bytes) -> str:
    """Where the bytes stand in the store of documents; under the import's own key, so that forgetting one forgets no other."""
    return str(default_storage.save(f"imports/{key}", ContentFile(content)))


@contextmanager
def file_of(held: Import) -> Iterator[Path]:
    """
    A path of this machine at which the file stands while the block runs; a copy where the store is elsewhere.

    :raises NotFound: if the file was forgotten.
    """
    if not held.stored_as or not default_storage.exists(held.stored_as):
        raise NotFound(N_("The file of this import is no longer kept; send it again."))
    try:
        path = default_storage.path(held.stored_as)
    except NotImplementedError:
        with NamedTemporaryFile() as copy, default_storage.open(held.stored_as) as content:
            for part in content.chunks():
                copy.write(part)
            copy.flush()
            yield Path(copy.name)
        return
    yield Path(path)


def forget_file(held: Import) -> None:
    if held.stored_as:
        default_storage.delete(held.stored_as)
