"""Form fields turned into ink, for a printer."""

import pikepdf
from pikepdf import Array, Name


def flatten(pdf: pikepdf.Pdf) -> None:
    """Turn the fields into ink, as a printer does: what is left is no form."""
    pdf.flatten_annotations("print")
    for page in pdf.pages:
        if "/Annots" in page.obj:
            # What had no look to print. Without its form it would be a field of nothing.
            kept = [one for one in page.obj.Annots if one.get("/Subtype") != Name.Widget]
            page.obj.Annots = Array(kept)
    if "/AcroForm" in pdf.Root:
        del pdf.Root.AcroForm
