"""What can go wrong with a file.

RenderError
 ├─ TookTooLong, TooMuchMemory, MakerDied, FileTooLarge    the child process; worth another try
 ├─ FontMissing                                           the machine; final
 └─ FileRefused                                            what the file itself is; final
     ├─ IsProgram, HasMacros, OldWordFile, NoDocument       what it is instead of a text
     ├─ InflatesTooLarge, TextTooLarge                      how large it is inside
     └─ FileDamaged, EncodingUnknown, NothingWritten        why it cannot be read
"""

from bot.core.errors import BusinessError


class RenderError(BusinessError):
    """A file could not be made or read.

    `peak_kb` is the most memory, in KiB, that the child process had; None where it did not tell.
    """

    key = "render.error.died"
    peak_kb: int | None = None


class TookTooLong(RenderError):
    """The child process needed more time than it may have."""

    key = "render.error.too_long"


class TooMuchMemory(RenderError):
    """The child process needed more memory than it may have."""

    key = "render.error.too_much_memory"


class MakerDied(RenderError):
    """The child process ended without a word, or failed in a way that nobody foresaw."""

    key = "render.error.died"


class FileTooLarge(RenderError):
    """The file that was made has more than `megabytes` MB, the most that Telegram takes."""

    key = "render.error.file_too_large"


class FontMissing(RenderError):
    """No font of this machine can write Chinese: a picture would be full of empty boxes."""

    key = "render.error.font_missing"


class FileRefused(RenderError):
    """The file that was sent is not taken, whoever tries and however often."""

    key = "render.error.no_document"


class IsProgram(FileRefused):
    """The file is a program, whatever its name says."""

    key = "render.error.is_program"


class HasMacros(FileRefused):
    """The document brings macros (a .docm, or one that was renamed)."""

    key = "render.error.has_macros"


class OldWordFile(FileRefused):
    """The document has the format of Word before 2007 (.doc)."""

    key = "render.error.old_word"


class NoDocument(FileRefused):
    """The file is neither a .docx nor a text."""

    key = "render.error.no_document"


class InflatesTooLarge(FileRefused):
    """Unpacked, the document is larger than `megabytes` MB, or made of far too many parts."""

    key = "render.error.inflates"


class TextTooLarge(FileRefused):
    """The document's text has more than `most` characters."""

    key = "render.error.text_too_large"


class FileDamaged(FileRefused):
    """The document cannot be opened."""

    key = "render.error.damaged"


class EncodingUnknown(FileRefused):
    """The text is neither UTF-8 nor GB18030."""

    key = "render.error.encoding"


class NothingWritten(FileRefused):
    """The document holds no words."""

    key = "render.error.nothing_written"


_ALL = (
    TookTooLong,
    TooMuchMemory,
    MakerDied,
    FileTooLarge,
    FontMissing,
    IsProgram,
    HasMacros,
    OldWordFile,
    NoDocument,
    InflatesTooLarge,
    TextTooLarge,
    FileDamaged,
    EncodingUnknown,
    NothingWritten,
)
_BY_NAME: dict[str, type[RenderError]] = {error.__name__: error for error in _ALL}


def name_of(error: RenderError) -> str:
    """Return the name under which the child process reports `error`."""
    return type(error).__name__


def error_named(name: object, data: dict[str, object]) -> RenderError:
    """Return the error that the child process reported; MakerDied for a name that is none."""
    return _BY_NAME.get(str(name), MakerDied)(**data)
