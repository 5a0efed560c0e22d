"""Records against gold files: what is right, wrong, missing and invented."""
