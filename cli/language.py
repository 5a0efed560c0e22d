"""The language of messages: Vietnamese, or English where the settings say so."""

from cli.context import load_settings


def message(vietnamese: str, english: str) -> str:
    """Give the text in the language of the settings."""
    return english if load_settings().language == "en" else vietnamese
