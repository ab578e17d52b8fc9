"""The desk for other programs: requests and deadlines, to be read; nothing is changed here."""
