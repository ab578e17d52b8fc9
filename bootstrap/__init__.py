"""What `run.py` does before there is anything to import but Python's own library."""
