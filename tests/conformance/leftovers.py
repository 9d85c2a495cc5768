"""What a process may leave behind: listening sockets and children (Linux, by /proc)."""
import os
import pathlib


def sockets_of(pid):
    """Inodes of the sockets that a process holds."""
    inodes = set()
    for entry in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = os.readlink(entry)
        except OSError:
            continue  # closed meanwhile
        if target.startswith("socket:["):
            inodes.add(target[len("socket:["):-1])
    return inodes


def open_sockets(inodes):
    """Which of these sockets still listen or are bound, as sentences."""
    listening = "0A"
    left = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes and (table.startswith("udp") or fields[3] == listening):
                left.append(f"a {table} socket is still open at {fields[1]}")
    return left


def children_of(pid):
    children = []
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        children += (task / "children").read_text().split()
    return children


def living(pids):
    return [f"child process {pid} is still there" for pid in pids if os.path.exists(f"/proc/{pid}")]
