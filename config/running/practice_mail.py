"""The practice mail server: takes every letter, keeps it in a Maildir, sends nothing anywhere.

`python -m config.running.practice_mail PORT FOLDER`. A Maildir, because each letter is
written aside and then renamed into `new/`: killed at any moment, it holds whole
letters only. It listens on this machine's own address and on no other.
"""

import asyncio
import signal
import sys
from pathlib import Path

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP

HOST = "127.0.0.1"
LARGEST_LETTER = 40 * 1024 * 1024  # what large providers accept, with room for base64


async def serve(port: int, folder: Path) -> None:
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
        HOST,
        port,
    )
    async with server:
        await stopped.wait()


def main(words: list[str]) -> int:
    if len(words) != 2 or not words[0].isdigit():
        print("usage: python -m config.running.practice_mail PORT FOLDER", file=sys.stderr)  # noqa: T201
        return 2
    try:
        asyncio.run(serve(int(words[0]), Path(words[1])))
    except OSError as error:
        print(f"practice mail cannot listen on {HOST}:{words[0]}: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
