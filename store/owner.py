"""Who holds a claim: a name that tells, on the same machine, whether its process still lives.

A lease ends by time everywhere; here the claims of a process that was killed are free at once.
"""

import os
import uuid
from pathlib import Path

# Process numbers mean something only within one start of one machine and one container.
_HERE = (Path("/proc/sys/kernel/random/boot_id"), Path("/proc/self/ns/pid"))


def new_owner() -> str:
    """Give this process a name no other has, now or later: place, process number, its start, a random part."""
    pid = os.getpid()
    return "/".join((_place(), str(pid), _started(pid) or "?", uuid.uuid4().hex[:8]))


def is_dead(owner: str) -> bool:
    """Tell whether the owner was a process of this machine that is gone; False when that can't be known."""
    place, _, rest = owner.partition("/")
    pid, _, rest = rest.partition("/")
    started = rest.partition("/")[0]
    if not place or place != _place() or started == "?" or not pid.isdigit():
        return False
    return _started(int(pid)) != started


def _place() -> str:
    try:
        boot, container = _HERE[0].read_text().strip(), str(_HERE[1].readlink()).strip("pid:[]")
    except OSError:  # not Linux: leases end by time alone
        return ""
    return f"{boot}.{container}"


def _started(pid: int) -> str | None:
    """Give the process's start in clock ticks; None when there is no such process (a zombie counts as gone)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]
