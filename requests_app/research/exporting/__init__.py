"""The log as a file that others can cite: flat, or as a data package; frozen under its hash."""
