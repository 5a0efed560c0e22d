"""The command line: the one place that builds settings, store and flows."""
