"""Which mails the newsroom's own people get, and when: nothing twice, nothing left out.

`steps` says, without a database, which steps of a deadline fall due; `planning` writes down once
what each reader is to be told in the morning; `outbox` and `sending` send it; `letter` and
`digest` say it. A step's key stands in the table before anything is sent, so a run that is
repeated finds nothing left to do.
"""
