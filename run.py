#!/usr/bin/env python3
"""Sets up everything, then runs it: `python3 run.py up`, `python3 run.py test`.

Needs Python 3.11 or newer and nothing else; the work is done in bootstrap/.
This file keeps to what old Pythons can read, so that they can be told.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Records Desk needs Python 3.11 or newer; this is %d.%d (%s). Install a newer Python and "
        "start run.py with it, such as: python3.12 run.py up"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

from bootstrap.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
