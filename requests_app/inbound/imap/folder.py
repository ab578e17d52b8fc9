"""An opened folder: which messages are still to be brought, and how a brought one is put away.

In the order of preference: MOVE; copy, mark as deleted and expunge; a keyword; and where a server
lets nothing at all be changed, the number of the last message is remembered.

EXPUNGE without UIDPLUS takes whatever anybody has marked as deleted. So it is given only where all
that is marked is the desk's, which a keyword tells from one connection to the next.
"""

from enum import Enum

from django.conf import settings
from imapclient import IMAPClient

from requests_app.inbound.imap.connection import MailboxError
from requests_app.models import MailboxState

STORED = "RecordsDeskStored"  # the keyword on what the desk has
DELETED = b"\\Deleted"
ANY_KEYWORD = b"\\*"


class Way(Enum):
    """How a stored message is put away."""

    MOVE = "moved to another folder"
    DELETE = "deleted, after a copy where a folder is named"
    KEYWORD = "marked with a keyword"
    REMEMBER = "remembered by its number"


class OpenFolder:
    """One folder of a mailbox, selected on `client`."""

    def __init__(self, client: IMAPClient, name: str, state: MailboxState) -> None:
        self.client, self.state = client, state
        self.done_folder: str = settings.IMAP_DONE_FOLDER
        selected = client.select_folder(name)
        # A server that names none lets all be changed for good (RFC 3501, 7.1).
        flags = selected.get(b"PERMANENTFLAGS", (DELETED, ANY_KEYWORD))
        is_read_only = b"READ-ONLY" in selected
        self.keeps_keywords = not is_read_only and ANY_KEYWORD in flags
        self.uid_validity = int(selected.get(b"UIDVALIDITY", 0))
        self.way = self._way(may_delete=not is_read_only and DELETED in flags)
        if self.way in {Way.MOVE, Way.DELETE} and self.done_folder:
            self._make_done_folder()
        self.deleted: set[int] = set()

    def to_bring(self) -> list[int]:
        """The numbers (UIDs) of what the desk does not have, the oldest first."""
        if self.way is Way.KEYWORD:
            return sorted(self.client.search(["UNDELETED", "UNKEYWORD", STORED]))
        found = sorted(self.client.search(["UNDELETED"]))
        if self.way is Way.REMEMBER and self.state.uid_validity == self.uid_validity:
            return [uid for uid in found if uid > self.state.last_uid]
        return found

    def put_away(self, uid: int) -> None:
        if self.way is Way.MOVE:
            self.client.move([uid], self.done_folder)
        elif self.way is Way.DELETE:
            self._delete(uid)
        elif self.way is Way.KEYWORD:
            self.client.add_flags([uid], [STORED], silent=True)
        else:
            self.state.uid_validity, self.state.last_uid = self.uid_validity, uid
            self.state.save(update_fields=["uid_validity", "last_uid"])

    def finish(self) -> None:
        """What the desk marked as deleted goes, now or on an earlier connection that broke."""
        if self.way is not Way.DELETE:
            return
        ours = set(self.deleted)
        if self.keeps_keywords:
            ours |= set(self.client.search(["DELETED", "KEYWORD", STORED]))
        if not ours:
            return
        if self.client.has_capability("UIDPLUS"):
            self.client.uid_expunge(sorted(ours))
        elif set(self.client.search(["DELETED"])) <= ours:
            self.client.expunge()

    def _way(self, *, may_delete: bool) -> Way:
        if may_delete and self.done_folder and self.client.has_capability("MOVE"):
            return Way.MOVE
        if may_delete:
            return Way.DELETE
        return Way.KEYWORD if self.keeps_keywords else Way.REMEMBER

    def _delete(self, uid: int) -> None:
        if self.done_folder:
            self.client.copy([uid], self.done_folder)
        flags = [DELETED, STORED] if self.keeps_keywords else [DELETED]
        self.client.add_flags([uid], flags, silent=True)
        self.deleted.add(uid)

    def _make_done_folder(self) -> None:
        if not self.client.folder_exists(self.done_folder):
            self.client.create_folder(self.done_folder)
            if not self.client.folder_exists(self.done_folder):
                raise MailboxError(f"the folder {self.done_folder} could not be made")
