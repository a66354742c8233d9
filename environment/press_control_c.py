"""Runs a command in a new terminal and presses Ctrl-C once the file named last exists. For dev_test.sh.

usage: press_control_c.py COMMAND… FILE
"""

import os
import pty
import select
import sys
import time


def main():
    command, ready = sys.argv[1:-1], sys.argv[-1]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    pressed = False
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if not pressed and os.path.exists(ready):
            os.write(terminal, b"\x03")
            pressed = True
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                output = os.read(terminal, 4096)
            except OSError:
                break
            sys.stdout.buffer.write(output)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
