"""Other programs told of events: promised as rows, signed, sent, tried again, given up in sight."""
