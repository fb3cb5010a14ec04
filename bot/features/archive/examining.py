"""Everything that is to be known of a file that somebody sent, before it is kept. Pure.

Reads bytes of strangers: it runs in a child process (`bot.transport.examine`).
"""

from dataclasses import asdict, dataclass
from typing import Any, Self

from bot.features.archive import formats
from bot.features.archive.formats import Format
from bot.features.archive.position import without_position


@dataclass(frozen=True)
class Findings:
    """What a file is, and what is wrong with it.

    `differs`: the content is not what name or MIME type promise. `damaged`: its frame is broken,
    or it could not be read within its limits. `cleared`: a position was taken out of it.
    """

    format: Format
    differs: bool = False
    damaged: bool = False
    cleared: bool = False

    def plain(self) -> dict[str, Any]:
        """Return this as JSON data."""
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        """Read back what `plain` wrote; raises ValueError or TypeError for anything else."""
        return cls(
            Format(data["format"]),
            **{name: data[name] is True for name in ("differs", "damaged", "cleared")},
        )


UNREADABLE = Findings(Format.other, damaged=True)
"""What is known of a file that broke its reader: it is kept as it was sent."""


def examine(
    content: bytes, *, name: str | None, mime: str | None, clear: bool
) -> tuple[Findings, bytes]:
    """Return what `content` is, and the bytes to keep: without a position when `clear`.

    A program, by content or by the end of its sent name, has the format `program`.
    """
    found = formats.told(content)
    if found is Format.program or formats.is_program_name(name):
        return Findings(Format.program), content
    kept = without_position(content, found) if clear else content
    findings = Findings(
        found,
        differs=formats.differs(found, name=name, mime=mime),
        damaged=formats.is_damaged(content, found) or _is_no_image(found, name, mime),
        cleared=kept is not content,
    )
    return findings, kept


def _is_no_image(found: Format, name: str | None, mime: str | None) -> bool:
    """Tell whether something that is sent as an image has no image's first bytes."""
    sent_as_image = name is None and (mime or "").startswith("image/")
    return sent_as_image and found is Format.other
