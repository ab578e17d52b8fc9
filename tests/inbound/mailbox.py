"""A real IMAP server, private to the tests: dovecot on a free port, with one user and a Maildir."""

import getpass
import imaplib
import os
import pwd
import signal
import socket
from pathlib import Path

from bootstrap.servers.private_server import PrivateServer

USER, PASSWORD = "desk", "secret"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
{more}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


# What a server may leave out: dovecot then still can it, and does not say so.
EVERYTHING = "IMAP4rev1 SASL-IR LITERAL+ ENABLE IDLE NAMESPACE UIDPLUS MOVE CHILDREN"


def without(*capabilities: str) -> str:
    """dovecot's settings for a server that lacks them."""
    kept = [one for one in EVERYTHING.split() if one not in capabilities]
    return f"imap_capability = {' '.join(kept)}"


ACL = """
mail_plugins = acl
plugin {{
  acl = vfile:{folder}/rights
}}
"""


class MailServer:
    """Started when it is made; `stop` ends it and takes its folder away.

    `inbox_rights`: what one may do in INBOX, in the letters of RFC 4314.
    """

    def __init__(self, program: str, more: str = "", *, inbox_rights: str = "") -> None:
        self.server = PrivateServer("dovecot")
        self.folder = self.server.folder
        self.port = _free_port()
        is_root = os.geteuid() == 0
        owner = pwd.getpwnam("nobody") if is_root else pwd.getpwnam(getpass.getuser())
        me = getpass.getuser()
        for name in ("home", "mail"):
            (self.folder / name).mkdir()
            os.chown(self.folder / name, owner.pw_uid, owner.pw_gid)
        self.folder.chmod(0o755)
        if inbox_rights:
            self.server.file("rights", f"INBOX owner {inbox_rights}\n").chmod(0o644)
            more += ACL.format(folder=self.folder)
        config = self.server.file(
            "dovecot.conf",
            CONFIG.format(
                folder=self.folder,
                port=self.port,
                password=PASSWORD,
                uid=owner.pw_uid,
                gid=owner.pw_gid,
                internal="dovecot" if is_root else me,
                login="dovenull" if is_root else me,
                group="dovecot" if is_root else _group(me),
                more=more,
            ),
        )
        self.program, self.config = program, config
        self.start()

    def start(self) -> None:
        self.server.start([self.program, "-F", "-c", self.config], is_up=self._is_up)

    def break_lines(self) -> None:
        """Every connection ends without a word, and the server is there again."""
        process = self.server.process
        assert process is not None
        for child in _children(process.pid):
            if Path(f"/proc/{child}/comm").read_text().strip() == "imap":
                os.kill(child, signal.SIGKILL)

    def stop(self) -> None:
        self.server.stop()

    def url(self, folder: str = "INBOX") -> str:
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{folder}"

    def connection(self) -> imaplib.IMAP4:
        server = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        server.login(USER, PASSWORD)
        return server

    def put(self, *messages: bytes, folder: str = "INBOX") -> None:
        server = self.connection()
        for raw in messages:
            status, said = server.append(folder, "", "", raw.replace(b"\n", b"\r\n"))
            assert status == "OK", said
        server.logout()

    def count(self, folder: str = "INBOX") -> int:
        server = self.connection()
        status, said = server.select(f'"{folder}"', readonly=True)
        server.logout()
        return int(said[0] or 0) if status == "OK" else 0

    def empty(self) -> None:
        server = self.connection()
        for folder in ("INBOX", "Filed"):
            status, said = server.select(folder)
            if status == "OK" and int(said[0] or 0):
                server.store("1:*", "+FLAGS", r"\Deleted")
                server.expunge()
        server.logout()

    def _is_up(self) -> bool:
        try:
            self.connection().logout()
        except OSError:
            return False
        return True


def _children(pid: int) -> list[int]:
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _group(user: str) -> str:
    import grp

    return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
