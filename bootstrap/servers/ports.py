"""Ports of this machine. Whoever picks one listens on it at once, so that nobody else takes it."""

import socket


def listen(port: int, host: str = "127.0.0.1") -> socket.socket:
    """A listening socket; port 0 lets the system pick. OSError where the port cannot be had."""
    server = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        # As servers do: a port that only waits out old connections counts as free.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((host, port))
        server.listen()
    except OverflowError as error:
        server.close()
        raise OSError(f"{port} is not a port") from error
    except OSError:
        server.close()
        raise
    return server


def listen_on_first_free(
    start: int, host: str = "127.0.0.1", *, tries: int = 100
) -> socket.socket | None:
    """Listening on the first free port from `start` on."""
    for port in range(start, start + tries):
        try:
            return listen(port, host)
        except OSError:
            continue
    return None


def port_of(server: socket.socket) -> int:
    return int(server.getsockname()[1])


def any_free() -> int:
    """A port that is free now: for servers that can only be told a number, and may lose it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return port_of(probe)
