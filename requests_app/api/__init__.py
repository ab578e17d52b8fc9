"""The desk for other programs: requests and their deadlines, to be read. Nothing is changed here."""
