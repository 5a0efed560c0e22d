"""What the collector of directives works with: the tasks it takes, and what stands above an item."""

from dataclasses import dataclass

from pipeline.extraction.directives_sections import Mode


@dataclass(frozen=True)
class Task:
    """One thing ordered: its label, its words `text[start:end]`, who leads and co-operates, how sure."""

    label: str | None
    start: int
    end: int
    lead: tuple[str, ...]
    co: tuple[str, ...]
    confidence: float


@dataclass(frozen=True)
class Context:
    """What the headings and lead-ins above an item say of it."""

    mode: Mode
    lead: tuple[str, ...]
