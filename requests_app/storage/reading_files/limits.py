"""What a file may cost: seconds, memory, words. Set by the child on itself before it opens one."""

import resource

CPU_SECONDS = 30
WALL_SECONDS = 60
MEMORY_BYTES = 512 * 1024 * 1024  # of address space, the libraries' own included
MOST_TEXT_BYTES = 2 * 1024 * 1024
MOST_WRITTEN_BYTES = 2 * MOST_TEXT_BYTES
NOT_READ = 3


def restrain() -> None:
    """From here on this process cannot be had for more, nor write a file that is larger."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN_BYTES, MOST_WRITTEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
