"""A real IMAP server, private to the tests: dovecot on a free port, with one user and a Maildir."""

import getpass
import imaplib
import os
import pwd
import socket

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


class MailServer:
    """Started when it is made; `stop` ends it and takes its folder away."""

    def __init__(self, program: str) -> None:
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
            ),
        )
        self.server.start([program, "-F", "-c", config], is_up=self._is_up)

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


def _group(user: str) -> str:
    import grp

    return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
