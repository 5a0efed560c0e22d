"""What the house remembers: files, dispatches, cited documents, deadlines, assignments, search; all in one database."""
