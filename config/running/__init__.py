"""How `up` runs the desk on one machine: its steps, its programs, their supervisor."""
