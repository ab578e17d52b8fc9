"""`python -m requests_app.casefile.pdf.office_program PROGRAM …` becomes PROGRAM, within limits.

Neither Django nor the database is loaded.
"""

import os
import resource
import sys

CPU_SECONDS = 90
MEMORY_BYTES = 4 * 1024**3  # of address space, of which the program maps much that it never uses
MOST_WRITTEN_BYTES = 512 * 1024**2


def main(command: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN_BYTES, MOST_WRITTEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.execv(command[0], command)  # noqa: S606  the operator's own program, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
