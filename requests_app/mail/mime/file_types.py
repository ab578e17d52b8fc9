"""What a file is by its first bytes, whatever it calls itself."""

import re

PREFIX = 16 * 1024  # bytes that are looked at

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"\xfe\xed\xfa\xce", "application/x-mach-binary"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\xca\xfe\xba\xbe", "application/java-vm"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
    (0, b"#!", "text/x-script"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"MSCF", "application/vnd.ms-cab-compressed"),
    (32769, b"CD001", "application/x-iso9660-image"),
    (257, b"ustar", "application/x-tar"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (0, b"BEGIN:VCALENDAR", "text/calendar"),
    (0, b"BEGIN:VCARD", "text/vcard"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_NAMES = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__substg1.0", "application/vnd.ms-outlook"),
    ("__nameid_version", "application/vnd.ms-outlook"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIP_NAMES = (
    (b"word/", _OFFICE + "wordprocessingml.document"),
    (b"xl/", _OFFICE + "spreadsheetml.sheet"),
    (b"ppt/", _OFFICE + "presentationml.presentation"),
    (b"META-INF/MANIFEST.MF", "application/java-archive"),
)
_MARKUP = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head|<body|<script)", re.IGNORECASE)
_HEADERS = re.compile(rb"(?:Received|Return-Path|From|Date|Message-ID|Subject): ", re.IGNORECASE)
_TEXTUAL = {"application/json", "application/xml", "application/javascript"}

# Declared types that a text of any kind keeps: its bytes cannot say more.
EXECUTABLE = {
    "application/vnd.microsoft.portable-executable", "application/x-elf", "text/x-script",
    "application/x-mach-binary", "application/java-vm", "application/java-archive",
    "application/x-ms-shortcut",
}  # fmt: skip


def true_type(prefix: bytes, declared: str) -> str:
    """The media type the bytes show; the declared one where they show none."""
    for offset, magic, kind in _MAGIC:
        if prefix.startswith(magic, offset):
            return kind
    if prefix.startswith(b"PK\x03\x04"):
        return _zip(prefix)
    if prefix.startswith(_OLE):
        return _ole(prefix, declared)
    if _MARKUP.match(prefix):
        return "text/html"
    if prefix.lstrip()[:5] == b"<?xml":
        return declared if declared.endswith("xml") else "application/xml"
    if _is_text(prefix):
        return _text(prefix, declared)
    if not prefix or declared.startswith(("text/", "image/svg")):
        return "application/octet-stream" if prefix else declared or "application/octet-stream"
    return declared or "application/octet-stream"


def _zip(prefix: bytes) -> str:
    """A zip; office files are told by the names inside, OpenDocument by its first entry."""
    if prefix[30:38] == b"mimetype":
        size = int.from_bytes(prefix[18:22], "little")
        if size < 100:
            return prefix[38 : 38 + size].decode("latin-1")
    for name, kind in _ZIP_NAMES:
        if name in prefix:
            return kind
    return "application/zip"


def _ole(prefix: bytes, declared: str) -> str:
    for name, kind in _OLE_NAMES:
        if name.encode("utf-16-le") in prefix:
            return kind
    is_office = declared.startswith(("application/msword", "application/vnd.ms-"))
    return declared if is_office else "application/x-ole-storage"


def _text(prefix: bytes, declared: str) -> str:
    if declared.startswith(("text/", "message/")) or declared in _TEXTUAL:
        return declared
    return "message/rfc822" if _HEADERS.match(prefix) else "text/plain"


def _is_text(prefix: bytes) -> bool:
    if prefix[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    if not prefix or b"\x00" in prefix:
        return False
    controls = sum(1 for byte in prefix[:1024] if byte < 32 and byte not in b"\t\n\r\x0c\x1b")
    return controls == 0
