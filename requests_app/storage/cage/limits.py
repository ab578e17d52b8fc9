"""What one job may cost."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of computing and of waiting; bytes of memory beyond the libraries', and of output."""

    cpu_seconds: int = 30
    wall_seconds: float = 60
    memory: int = 512 * MEGABYTE
    output: int = 64 * MEGABYTE
