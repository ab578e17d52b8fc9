"""The practice mail server: takes every letter, keeps it in a Maildir, sends nothing anywhere.

`python -m config.running.practice_mail SOCKET FOLDER`. SOCKET is the number of a listening socket
that `up` opened on this machine's own address, so that the port is ours from the moment it was
picked. A Maildir, because each letter is written aside and then renamed into `new/`: killed at any
moment, it holds whole letters only.
"""

import asyncio
import signal
import socket
import sys
from pathlib import Path

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP

LARGEST_LETTER = 40 * 1024 * 1024  # what large providers accept, with room for base64


async def serve(server_socket: socket.socket, folder: Path) -> None:
    """Until SIGTERM or SIGINT."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    handler = Mailbox(folder)
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stopped.set)
    server = await loop.create_server(
        lambda: SMTP(
            handler, hostname="localhost", data_size_limit=LARGEST_LETTER, enable_SMTPUTF8=True
        ),
        sock=server_socket,
    )
    async with server:
        await stopped.wait()


def main(words: list[str]) -> int:
    if len(words) != 2 or not words[0].isdigit():
        print("usage: python -m config.running.practice_mail SOCKET FOLDER", file=sys.stderr)  # noqa: T201
        return 2
    try:
        server_socket = socket.socket(fileno=int(words[0]))
    except OSError as error:
        print(f"practice mail was handed no open socket {words[0]}: {error}", file=sys.stderr)  # noqa: T201
        return 1
    asyncio.run(serve(server_socket, Path(words[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
