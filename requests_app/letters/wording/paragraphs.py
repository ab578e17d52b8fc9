"""A newsroom's own paragraph in a letter's text.

It goes in as it was written. Templates are run before a reporter sees the text, and never after:
braces in a paragraph are braces on paper.
"""


def with_paragraph(text: str, paragraph: str) -> str:
    """The text with one more paragraph at its end."""
    return f"{text.strip()}\n\n{paragraph.strip()}\n".lstrip("\n")
