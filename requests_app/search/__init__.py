"""Words looked for in requests, letters, mail, notes and files, by the database's own index."""
