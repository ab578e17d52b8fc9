"""winmail.dat: the files and texts Exchange packs into one part (MS-OXTNEF).

It looks through a view, checks every length against what is there, and stops at its bounds; the
library published for Python loops as often as a four-byte count in the file says (decision 14).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import error as StructError
from struct import unpack_from

from requests_app.mail.mime.charsets import decode
from requests_app.mail.mime.header_parameters import safe_name

SIGNATURE = 0x223E9F78
MAX_SIZE = 30 * 1024 * 1024
MAX_ATTRIBUTES = 2000
MAX_PROPERTIES = 2000
MAX_VALUES = 100

_ATTACHMENT_BEGINS, _TITLE, _DATA, _ATTACHMENT_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_MESSAGE_PROPERTIES, _BODY, _CODEPAGE = 0x9003, 0x800C, 0x9007
_P_BODY, _P_HTML, _P_DATA, _P_LONG_NAME, _P_NAME = 0x1000, 0x1013, 0x3701, 0x3707, 0x3704
_P_MIME, _P_CONTENT_ID = 0x370E, 0x3712
_WIDTHS = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8}
_WIDTHS |= {0x40: 8, 0x48: 16}
_VARIABLE = {0x0D, 0x1E, 0x1F, 0x102}
_EMBEDDED_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")


@dataclass(slots=True)
class Attached:
    name: str = ""
    declared_type: str = ""
    content_id: str = ""
    data: bytes = b""


@dataclass(slots=True)
class Unpacked:
    files: list[Attached] = field(default_factory=list)
    text: str = ""
    html: str = ""
    is_whole: bool = True


def unpack(data: bytes) -> Unpacked | None:
    """What is inside; None when it is no TNEF. What is damaged is given as far as it goes."""
    if len(data) < 6 or len(data) > MAX_SIZE or unpack_from("<I", data)[0] != SIGNATURE:
        return None
    result = Unpacked()
    codepage = ""
    try:
        for name, content in _attributes(memoryview(data)):
            if name == _CODEPAGE and len(content) >= 4:
                codepage = f"cp{unpack_from('<I', content)[0]}"
            elif name == _ATTACHMENT_BEGINS:
                result.files.append(Attached())
            elif name == _MESSAGE_PROPERTIES:
                _message(result, content, codepage)
            elif name == _BODY and not result.text:
                result.text = decode(bytes(content).rstrip(b"\0"), codepage)[0]
            elif result.files:
                _attachment(result.files[-1], name, content, codepage)
    except (StructError, ValueError, IndexError):
        result.is_whole = False
    result.files = [file for file in result.files if file.data]
    return result


def _attributes(view: memoryview) -> Iterator[tuple[int, memoryview]]:
    position = 6
    for _ in range(MAX_ATTRIBUTES):
        if position + 11 > len(view):
            if any(view[position:]):
                raise ValueError("it ends within an attribute")
            return
        name, _, length = unpack_from("<HHI", view, position + 1)
        start = position + 9
        if start + length > len(view):
            yield name, view[start:]
            raise ValueError("an attribute ends beyond the file")
        yield name, view[start : start + length]
        position = start + length + 2


def _message(result: Unpacked, content: memoryview, codepage: str) -> None:
    for name, kind, value in _properties(content):
        if name == _P_BODY and not result.text:
            result.text = _string(value, kind, codepage)
        elif name == _P_HTML and not result.html:
            result.html = _string(value, kind, codepage)


def _attachment(file: Attached, name: int, content: memoryview, codepage: str) -> None:
    if name == _TITLE and not file.name:
        file.name = safe_name(_string(content, 0x1E, codepage))
    elif name == _DATA:
        file.data = bytes(content)
    elif name == _ATTACHMENT_PROPERTIES:
        for key, kind, value in _properties(content):
            if key == _P_LONG_NAME or (key == _P_NAME and not file.name):
                file.name = safe_name(_string(value, kind, codepage)) or file.name
            elif key == _P_MIME:
                file.declared_type = _string(value, kind, codepage).lower()
            elif key == _P_CONTENT_ID:
                file.content_id = _string(value, kind, codepage).strip("<>")
            elif key == _P_DATA and not file.data:
                is_message = bytes(value[:16]) == _EMBEDDED_MESSAGE
                file.data = bytes(value[16:] if is_message else value)
                file.declared_type = "application/ms-tnef" if is_message else file.declared_type


def _properties(view: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """MAPI properties: id, type, the first value."""
    (count,) = unpack_from("<I", view)
    position = 4
    for _ in range(min(count, MAX_PROPERTIES)):
        if position + 4 > len(view):
            return
        kind, name = unpack_from("<HH", view, position)
        position += 4
        if name >= 0x8000:
            position = _past_named(view, position)
        values, position = _values(view, position, kind)
        if values:
            yield name, kind & 0xFFF, values[0]


def _past_named(view: memoryview, position: int) -> int:
    """Named properties carry a GUID and a number or a name."""
    (how,) = unpack_from("<I", view, position + 16)
    if how == 0:
        return position + 24
    length = int(unpack_from("<I", view, position + 20)[0])
    return position + 24 + length + (-length % 4)


def _values(view: memoryview, position: int, kind: int) -> tuple[list[memoryview], int]:
    count, base = 1, kind & 0xFFF
    if kind & 0x1000 or base in _VARIABLE:
        (count,) = unpack_from("<I", view, position)
        position += 4
    if count > MAX_VALUES:
        raise ValueError("a property has more values than any real one")
    values = []
    for _ in range(count):
        if base in _VARIABLE:
            (length,) = unpack_from("<I", view, position)
            position += 4
        elif base in _WIDTHS:
            length = _WIDTHS[base]
        else:
            raise ValueError(f"an unknown type of property: {base:#x}")
        if position + length > len(view):
            raise ValueError("a property ends beyond its attribute")
        values.append(view[position : position + length])
        position += length + (-length % 4)
    return values, position


def _string(value: memoryview, kind: int, codepage: str) -> str:
    raw = bytes(value)
    if kind == 0x1F:
        return raw.decode("utf-16-le", "replace").rstrip("\0")
    return decode(raw.rstrip(b"\0"), codepage)[0]
