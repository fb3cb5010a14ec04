"""What the child process may use for each kind of job."""

import resource
from dataclasses import dataclass
from enum import StrEnum

_MEGABYTE = 1 << 20
_SCRATCH_BYTES = 2 << 30
"""A large workbook is unpacked on disk before it is packed: some 60 bytes a cell."""
_OPEN_FILES = 256


class Job(StrEnum):
    """What the child process can do."""

    xlsx = "xlsx"
    csv = "csv"
    read = "read"
    grid = "grid"
    chart = "chart"
    bulletin = "bulletin"
    qr = "qr"
    ics = "ics"
    certificate = "certificate"


@dataclass(frozen=True)
class Limits:
    """Bounds of one run: address space, processor time, time on the wall, and the file made."""

    memory_mb: int
    cpu_s: int
    wall_s: float
    file_mb: int = 49

    @property
    def most_bytes(self) -> int:
        """The largest file that may be made; Telegram takes 50 MB from a bot."""
        return self.file_mb * _MEGABYTE


LIMITS = {
    Job.xlsx: Limits(memory_mb=384, cpu_s=600, wall_s=1200.0),
    Job.csv: Limits(memory_mb=256, cpu_s=300, wall_s=600.0),
    Job.read: Limits(memory_mb=384, cpu_s=20, wall_s=60.0),
    Job.grid: Limits(memory_mb=256, cpu_s=20, wall_s=60.0, file_mb=9),
    # The numerical library asks for address space that it never touches.
    Job.chart: Limits(memory_mb=2048, cpu_s=30, wall_s=90.0, file_mb=9),
    Job.bulletin: Limits(memory_mb=384, cpu_s=30, wall_s=60.0, file_mb=9),
    Job.certificate: Limits(memory_mb=512, cpu_s=30, wall_s=60.0, file_mb=9),
    Job.qr: Limits(memory_mb=192, cpu_s=10, wall_s=30.0, file_mb=1),
    Job.ics: Limits(memory_mb=256, cpu_s=20, wall_s=60.0, file_mb=4),
}


def confine(limits: Limits) -> None:
    """Bind this process, for good, to `limits`: it is the child that calls this, first of all."""
    memory = limits.memory_mb * _MEGABYTE
    for bound, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        # The first says SIGXCPU, which the bot understands; the second kills.
        (resource.RLIMIT_CPU, limits.cpu_s, limits.cpu_s + 1),
        (resource.RLIMIT_FSIZE, _SCRATCH_BYTES, _SCRATCH_BYTES),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, most = resource.getrlimit(bound)
        free = most == resource.RLIM_INFINITY
        resource.setrlimit(
            bound, (soft if free else min(soft, most), hard if free else min(hard, most))
        )
