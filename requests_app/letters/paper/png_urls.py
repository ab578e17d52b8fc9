"""How a picture stands within a page that is laid out."""

import base64


def png_url(png: bytes) -> str:
    """A picture as an address that holds it."""
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")
