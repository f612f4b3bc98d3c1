"""Runs a command on a terminal of COLUMNS characters a line, and copies what it prints there: on_terminal.py COLUMNS COMMAND ARGUMENT..."""

import fcntl
import os
import pty
import struct
import sys
import termios

child, terminal = pty.fork()
if child == 0:
    size = struct.pack("HHHH", 50, int(sys.argv[1]), 0, 0)
    fcntl.ioctl(sys.stdout.fileno(), termios.TIOCSWINSZ, size)
    os.execvp(sys.argv[2], sys.argv[2:])
while True:
    try:
        printed = os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side has ended.
        break
    if not printed:
        break
    sys.stdout.buffer.write(printed)
    sys.stdout.buffer.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
