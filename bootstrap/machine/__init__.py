"""What the machine must have: Python packages, system libraries, a browser, other programs."""
