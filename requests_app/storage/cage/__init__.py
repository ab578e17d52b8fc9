"""Files of strangers are opened in a cage: a process that can reach nothing but that one file.

`call` is the only way in: the name of a function, the file, and plain arguments go in; a typed
value and the bytes that were written come out. No other code of the desk may parse what came from
outside with a library of machine code (`tests/storage/cage/test_every_place.py`).

calling          `call`: the desk's side of one job
keeper           starts the keeper, once a process of the desk, and hands it jobs
keeper_program   the keeper: a fresh program without the desk's environment, memory or open files.
                 It opens no file itself; each job is a fork of it that is confined and then ended
bubble           the keeper's own walls, where bubblewrap starts: no network, few folders, read-only
confinement      a job's walls: limits, Landlock, seccomp, whichever the kernel has
attempts         what a job must not be able to do; `self_test` has it tried
limits, errors   what a job may cost, and how one ends that did not come to its end

Keeper, confinement, attempts and every function that is called import neither Django nor the
database.
"""
