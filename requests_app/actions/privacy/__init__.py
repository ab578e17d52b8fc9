"""What is kept of whom and how long, what a person is given of it, and what is erased: the whole
table is docs/privacy.md."""
