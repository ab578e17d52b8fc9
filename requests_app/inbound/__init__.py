"""Mail's three ways in. A promise is made when it is kept: bytes, then the row, then yes."""
