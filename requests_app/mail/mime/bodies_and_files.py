"""From the parts of a message to its texts, its files and the messages within it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from requests_app.mail.clean_strings import clean_line, clean_text
from requests_app.mail.incoming_message import File, Mail, Origin, Source
from requests_app.mail.mime import html_text, signed_messages, tnef, uuencoded
from requests_app.mail.mime.charsets import decode
from requests_app.mail.mime.file_types import PREFIX, true_type
from requests_app.mail.mime.format_flowed import unflowed
from requests_app.mail.mime.header_parameters import safe_name
from requests_app.mail.mime.headers import split_headers
from requests_app.mail.mime.parts import Part, ReadingNotes, parse
from requests_app.mail.mime.transfer_encoding import InMemory, Slice

MAX_FILES = 300
MAX_TEXT = 1024 * 1024  # bytes of one text that are read; the whole of it becomes a file
MAX_UUENCODED = 40 * 1024 * 1024
MAX_NESTING = 4  # messages within messages that are read

_REPORTS = {
    "message/delivery-status", "message/global-delivery-status", "text/rfc822-headers",
    "message/disposition-notification", "message/global-disposition-notification",
}  # fmt: skip
_MESSAGES = {"message/rfc822", "message/global", "message/news"}
_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
_SIGNATURES = {"application/pgp-signature", "application/pkcs7-signature"}
_SIGNATURES |= {"application/x-pkcs7-signature"}
_SMIME = {"application/pkcs7-mime", "application/x-pkcs7-mime"}

ReadNested = Callable[[bytes, int, int, ReadingNotes, int], Mail]


@dataclass(slots=True)
class Block:
    """One stretch of the body; in an alternative both texts say the same."""

    plain: str = ""
    html: str = ""  # cleaned


@dataclass(slots=True)
class Contents:
    """Everything found so far."""

    notes: ReadingNotes
    read_nested: ReadNested
    depth: int
    blocks: list[Block] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # texts before cleaning, for the content's key
    file_keys: list[str] = field(default_factory=list)  # of the files, for the same
    nested: list[Mail] = field(default_factory=list)
    is_calendar: bool = False


def collect(part: Part, found: Contents) -> None:
    """Walk the parts in order."""
    if part.is_multipart:
        _multipart(part, found)
    elif part.kind in _MESSAGES:
        _message(part, found)
    elif part.kind in _TNEF or part.name.lower() in {"winmail.dat", "win.dat"}:
        _winmail(part, found)
    elif part.kind in _SMIME:
        _smime(part, found)
    elif _is_body(part):
        _body(part, found)
    else:
        _file(part, found)


def _multipart(part: Part, found: Contents) -> None:
    if part.kind == "multipart/encrypted":
        found.notes.fault("It is encrypted (PGP): the desk cannot read it; the original is kept.")
    if part.kind != "multipart/alternative":
        for child in part.children:
            collect(child, found)
        return
    outer, found.blocks = found.blocks, []
    for child in part.children:
        collect(child, found)
    inner, found.blocks = found.blocks, outer
    plain = "\n\n".join(block.plain for block in inner if block.plain.strip())
    html = "\n".join(block.html for block in inner if block.html)
    found.blocks.append(Block(plain, html))


def _is_body(part: Part) -> bool:
    """Text that is to be read, not a file that happens to be text."""
    if part.disposition == "attachment" or (part.name and part.disposition != "inline"):
        return False
    if part.name and part.kind not in {"text/plain", "text/html"}:
        return False
    return part.kind in {"text/plain", "text/html", "text/enriched", "text/x-amp-html", "text/"}


def _body(part: Part, found: Contents) -> None:
    if part.kind == "text/x-amp-html":
        return
    size = part.end - part.start
    content = part.body.content(None if size <= MAX_UUENCODED else MAX_TEXT)
    if part.kind != "text/html":
        content, uuencoded_files = uuencoded.split(content)
        for file in uuencoded_files:
            if not file.is_whole:
                found.notes.fault("A uuencoded file has no end: it may have been cut off.")
            name = file.name or "uuencoded"
            _keep(found, InMemory(file.data), name, "", Origin.UUENCODE)
    if len(content) > MAX_TEXT:
        found.notes.fault("The text is very long: its beginning is shown, the whole is a file.")
        name = "text.html" if part.kind == "text/html" else "text.txt"
        _keep(found, part.body, name, part.kind, Origin.ATTACHMENT)
        content = content[:MAX_TEXT]
    text, wrong = decode(content, part.charset)
    found.notes.fault(wrong)
    found.texts.append("".join(text.split()))
    if part.kind == "text/html":
        found.blocks.append(Block(html=html_text.clean_html(text)))
        return
    text = signed_messages.without_armor(clean_text(text), found.notes)
    if part.params.get("format", "").lower() == "flowed":
        text = unflowed(text, drops_space=part.params.get("delsp", "").lower() == "yes")
    if part.kind == "text/enriched":
        text = html_text.roughly_text(text)
    found.blocks.append(Block(plain=text.strip("\n")))


def _message(part: Part, found: Contents) -> None:
    """A message within: read as one, and kept as a file too."""
    _file(part, found, Origin.NESTED)
    if found.depth >= MAX_NESTING:
        found.notes.fault("Messages are nested deeply; the innermost are kept as files only.")
        return
    raw, start, end = part.raw, part.start, part.end
    if part.encoding:  # the standard forbids it, some gateways do it
        raw = part.body.content()
        start, end = 0, len(raw)
    if start < end:
        found.nested.append(found.read_nested(raw, start, end, found.notes, found.depth + 1))


def _winmail(part: Part, found: Contents) -> None:
    _unpack(part.body.content(tnef.MAX_SIZE + 1), part, found, depth=0)


def _unpack(data: bytes, part: Part, found: Contents, *, depth: int) -> None:
    unpacked = tnef.unpack(data)
    if unpacked is None:
        found.notes.fault("A winmail.dat cannot be read; it is kept as it came.")
        _file(part, found)
        return
    if not unpacked.is_whole:
        found.notes.fault("A winmail.dat is damaged; what could be read of it is here.")
    if unpacked.text.strip() or unpacked.html:
        html = html_text.clean_html(unpacked.html) if unpacked.html else ""
        found.texts += (unpacked.text, unpacked.html)
        found.blocks.append(Block(clean_text(unpacked.text).strip(), html))
    if not unpacked.files and not unpacked.text.strip() and not unpacked.html:
        _file(part, found)  # nothing in it that we read: the file itself is all there is
    for file in unpacked.files:
        if file.declared_type == "application/ms-tnef" and depth < 2:
            _unpack(file.data, part, found, depth=depth + 1)
            continue
        name = file.name or f"winmail-{len(found.files) + 1}"
        kind = clean_line(file.declared_type, 100)
        _keep(found, InMemory(file.data), name, kind, Origin.TNEF, content_id=file.content_id)


def _smime(part: Part, found: Contents) -> None:
    inside = signed_messages.signed_content(part.body.content(signed_messages.MAX_SIGNED))
    if inside is None or found.depth >= MAX_NESTING:
        found.notes.fault("It is encrypted (S/MIME): the desk cannot read it; it is kept.")
        _file(part, found)
        return
    found.depth += 1
    collect(parse(inside, found.notes), found)
    found.depth -= 1


def _file(part: Part, found: Contents, origin: Origin = Origin.ATTACHMENT) -> None:
    if part.kind in _SIGNATURES or (part.start >= part.end and not part.name):
        return
    if part.kind == "text/calendar":
        found.is_calendar = True
    if part.kind == "message/partial":
        found.notes.fault("It is one piece of a message sent in several (message/partial).")
    if part.kind == "message/external-body":
        found.notes.fault("A file is not in it but elsewhere (message/external-body).")
    is_inline = part.disposition != "attachment" and part.headers.has("content-id")
    _keep(
        found, part.body, part.name or _made_up_name(part, found), part.kind, origin,
        is_inline=is_inline and not part.kind.startswith("message/"),
        content_id=part.headers.text("content-id", 300).strip("<> "),
    )  # fmt: skip


_ENDINGS = {
    "text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics", "text/csv": ".csv",
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif",
    "message/rfc822": ".eml", "message/global": ".eml", "text/vcard": ".vcf",
    "text/rfc822-headers": ".txt", "message/delivery-status": ".txt", "application/rtf": ".rtf",
    "message/disposition-notification": ".txt", "application/zip": ".zip",
}  # fmt: skip


def _made_up_name(part: Part, found: Contents) -> str:
    if part.kind in _MESSAGES:
        subject = _nested_subject(part)
        return safe_name(subject.replace("/", "-")[:80]) + ".eml" if subject else "message.eml"
    if part.kind in _REPORTS:
        return part.kind.partition("/")[2] + ".txt"
    return f"file-{len(found.files) + 1}{_ENDINGS.get(part.kind, '')}"


def _nested_subject(part: Part) -> str:
    if part.encoding:
        return ""
    return split_headers(part.raw, part.start, part.end)[0].text("subject", 80)


def _keep(
    found: Contents, source: Source, name: str, declared: str, origin: Origin,
    *, is_inline: bool = False, content_id: str = "",
) -> None:  # fmt: skip
    """Measure and hash a file in one pass over its pieces."""
    if len(found.files) >= MAX_FILES:
        found.notes.fault(f"It has more than {MAX_FILES} files; the rest are in the original.")
        return
    whole, bare = sha256(), sha256()
    prefix, size = b"", 0
    # A file sent as text changes its line ends on the way: its key leaves them out.
    is_text = isinstance(source, Slice) and source.encoding != "base64"
    for piece in source.chunks():
        whole.update(piece)
        if is_text:
            bare.update(piece.translate(None, b"\r\n"))
        if len(prefix) < PREFIX:
            prefix += piece[: PREFIX - len(prefix)]
        size += len(piece)
    digest = whole.hexdigest()
    found.file_keys.append(bare.hexdigest() if is_text else digest)
    found.files.append(
        File(
            name=name,
            declared_type=declared,
            true_type=true_type(prefix, declared),
            size=size,
            sha256=digest,
            is_inline=is_inline,
            content_id=content_id,
            origin=origin,
            source=source,
        )
    )
