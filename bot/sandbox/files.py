"""Files that travel: bytes in memory, and on disk when the sandbox has a data directory."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.sandbox.answers import JsonObject, bad_request

MOST_UPLOAD_BYTES = 50 * 1024 * 1024
MOST_PHOTO_BYTES = 10 * 1024 * 1024
MOST_DOWNLOAD_BYTES = 20 * 1024 * 1024

_FOLDERS = {"photo": "photos", "document": "documents"}
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What is known of one file; a synthetic one has a size but no bytes."""

    file_id: str
    kind: str
    name: str
    mime: str
    size: int
    synthetic: bool = False

    @property
    def unique_id(self) -> str:
        """The file_unique_id."""
        return f"U{self.file_id[3:]}"

    @property
    def path(self) -> str:
        """The file_path that getFile gives."""
        suffix = ".jpg" if self.kind == "photo" else Path(self.name).suffix
        return f"{_FOLDERS.get(self.kind, 'files')}/file_{self.file_id}{suffix}"


class Files:
    """All files by id."""

    def __init__(self, folder: Path | None) -> None:
        """Keep bytes under `folder`, or in memory when it is None."""
        self._folder = folder
        self._files: dict[str, StoredFile] = {}
        self._paths: dict[str, str] = {}
        self._bytes: dict[str, bytes] = {}
        self._shapes: dict[str, JsonObject] = {}
        self.next_number = 1
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def add(
        self, content: bytes | None, *, kind: str, name: str, mime: str, size: int | None = None
    ) -> StoredFile:
        """Store `content`; None with a `size` makes a synthetic file."""
        file = StoredFile(
            file_id=f"{kind[:3].upper().ljust(3, 'X')}{self.next_number:09d}",
            kind=kind,
            name=name,
            mime=mime,
            size=len(content) if content is not None else size or 0,
            synthetic=content is None,
        )
        self.next_number += 1
        self._know(file)
        if content is not None:
            self._keep(file, content)
        return file

    def _know(self, file: StoredFile) -> None:
        self._files[file.file_id] = file
        self._paths[file.path] = file.file_id

    def _keep(self, file: StoredFile, content: bytes) -> None:
        if self._folder is None:
            self._bytes[file.file_id] = content
        else:
            (self._folder / file.file_id).write_bytes(content)

    def find(self, file_id: str) -> StoredFile | None:
        """Return the file, or None when no such id was given out."""
        return self._files.get(file_id)

    def show_as(self, files: Iterable[StoredFile], fields: JsonObject) -> JsonObject:
        """Remember that a message shows `files` as `fields`, and return these."""
        for file in files:
            self._shapes[file.file_id] = fields
        return fields

    def shape(self, file: StoredFile) -> JsonObject:
        """Return the message fields of a file that is sent again by its id."""
        return self._shapes[file.file_id]

    def at_path(self, path: str) -> StoredFile | None:
        """Return the file behind a file_path, or None."""
        return self._files.get(self._paths.get(path, ""))

    def content(self, file: StoredFile) -> bytes:
        """Return the bytes; a synthetic file reads as zeros of its size."""
        if file.synthetic:
            return bytes(file.size)
        if self._folder is None:
            return self._bytes[file.file_id]
        return (self._folder / file.file_id).read_bytes()

    def dump(self) -> Iterator[JsonObject]:
        """Yield every file's record for the snapshot."""
        return (
            {"file": asdict(file), "shape": self._shapes.get(file.file_id)}
            for file in self._files.values()
        )

    def load(self, records: list[JsonObject], *, next_number: int) -> None:
        """Take back the records of an earlier run."""
        self.next_number = next_number
        for record in records:
            file = StoredFile(**record["file"])
            self._know(file)
            if record["shape"] is not None:
                self._shapes[file.file_id] = record["shape"]


def image_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, JPEG, GIF, BMP or WebP in pixels; None when it is none."""
    if content.startswith(_PNG) and len(content) >= 24:  # noqa: PLR2004  # end of the IHDR sizes
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content.startswith((b"GIF87a", b"GIF89a")):
        width, height = struct.unpack("<HH", content[6:10])
        return int(width), int(height)
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    if content.startswith(b"BM") or content[8:12] == b"WEBP":
        return 1280, 960
    return None


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004  # a JPEG marker
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:  # noqa: PLR2004  # SOFn
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return 1280, 960


def check_photo(content: bytes) -> tuple[int, int]:
    """Return the size of a photo that a bot uploads; raises Refused as Telegram does."""
    if len(content) > MOST_PHOTO_BYTES:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {MOST_PHOTO_BYTES} bytes"
        )
    size = image_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return size
