"""References: the documents a dispatch cites. Mentions are found first, then resolved to distinct documents."""
