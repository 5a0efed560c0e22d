"""Directives to the units that existed on the day of issue."""
