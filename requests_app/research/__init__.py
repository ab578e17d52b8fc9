"""The research log: figures, import, export, coding; and what a log's words mean here."""
