"""Text to letterhead, references, deadlines and directives: a spaCy pipeline."""
