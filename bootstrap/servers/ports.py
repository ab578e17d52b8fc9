"""Free ports of this machine."""

import socket


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As servers do: a port that only waits out old connections counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def next_free(start: int, host: str = "127.0.0.1", *, tries: int = 100) -> int | None:
    """The first free port from `start` on."""
    return next((port for port in range(start, start + tries) if is_free(port, host)), None)


def any_free() -> int:
    """A free port that the system picks: for servers that nobody needs to find by number."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
