"""What is this file? Refuse what can't be read, is encrypted or over a limit."""
