"""File to pages: per page, trust the text layer or take the image."""
