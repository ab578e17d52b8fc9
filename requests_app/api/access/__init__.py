"""Who calls, what their token may be used for, and how often."""
