"""A clamd of a few lines on loopback: it reads INSTREAM as clamd(8) says, or misbehaves."""

import socketserver
import struct
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# In two parts, so that a scanner on the machine leaves this very file alone. https://www.eicar.org
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass
class Clamd:
    """`mood`: what it does instead of scanning. `heard`: the contents it was asked about."""

    url: str = ""
    mood: str = ""
    most: int = 10 * 1024 * 1024
    heard: list[bytes] = field(default_factory=list)
    silence: threading.Event = field(default_factory=threading.Event)


class Scanning(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        clamd: Clamd = self.server.clamd  # type: ignore[attr-defined]
        assert self.rfile.read(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
        if clamd.mood == "hangs up":
            return
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > clamd.most:
                self._say("INSTREAM size limit exceeded. ERROR")
                while self.rfile.read(65536):  # so that what was said is not lost with the line
                    pass
                return
        clamd.heard.append(content)
        if clamd.mood == "silent":
            clamd.silence.wait()
        elif clamd.mood:
            self._say(clamd.mood)
        else:
            self._say("stream: Eicar-Test-Signature FOUND" if EICAR in content else "stream: OK")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\0")


class Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True


class Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class Running:
    """`with Running() as clamd:` by TCP, or at a path."""

    def __init__(self, path: Path | None = None) -> None:
        self.clamd = Clamd()
        self.server: Any = Unix(str(path), Scanning) if path else Tcp(("127.0.0.1", 0), Scanning)
        self.server.clamd = self.clamd
        port = 0 if path else self.server.socket.getsockname()[1]
        self.clamd.url = f"unix://{path}" if path else f"tcp://127.0.0.1:{port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Clamd:
        self.thread.start()
        return self.clamd

    def __exit__(self, *_: object) -> None:
        self.clamd.silence.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
