"""format=flowed (RFC 3676): lines that were only broken for transport, joined again."""


def unflowed(text: str, *, drops_space: bool = False) -> str:
    """The text with its soft line ends undone, quote marks kept, space-stuffing removed."""
    lines: list[str] = []
    open_depth = -1  # quote depth of a line that flows on; -1 for none
    for raw in text.split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        content = raw[depth:].removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        if flows and drops_space:
            content = content[:-1]
        if open_depth == depth and content != "-- ":
            lines[-1] += content
        else:
            lines.append(("> " if depth == 1 else ">" * depth + " " if depth else "") + content)
        open_depth = depth if flows else -1
    return "\n".join(line.rstrip() for line in lines)
