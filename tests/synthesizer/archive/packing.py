"""Members to the bytes of an archive; the same members give the same bytes, so no clock and no owner shows."""

import gzip
import tarfile
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

Members = Mapping[str, bytes]


def zipped(members: Members, *, is_stored: bool = False, level: int = 6) -> bytes:
    """A ZIP file."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED if is_stored else ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members.items():
            info = ZipInfo(name)
            info.compress_type = ZIP_STORED if is_stored else ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=level)
    return packed.getvalue()


def tar(members: Members) -> bytes:
    """A tar file."""
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))
    return packed.getvalue()


def gzipped(content: bytes) -> bytes:
    """A gzip file."""
    return gzip.compress(content, compresslevel=6, mtime=0)
