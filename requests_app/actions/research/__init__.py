"""What a researcher does: logging, importing, exporting, coding."""
