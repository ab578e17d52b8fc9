"""What may be done, a file a subject: by the actions and the forms of the pages."""
