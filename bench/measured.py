"""Runs a command and writes its seconds, exit status, peak memory in KiB and processor seconds to a file descriptor.

A process takes over the peak of whoever started it (Linux keeps it through exec), so that under a bench that once held four
gigabytes every command would seem to. This one holds little.

usage: measured.py DESCRIPTOR COMMAND…"""

import os
import sys
import time

started = time.perf_counter()
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(process, 0)
seconds = time.perf_counter() - started
os.write(int(sys.argv[1]), f"{seconds} {os.waitstatus_to_exitcode(status)} {usage.ru_maxrss} {usage.ru_utime + usage.ru_stime}".encode())
