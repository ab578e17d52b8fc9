"""What may be read, a file a subject: what a person sees on the pages, and no more."""
