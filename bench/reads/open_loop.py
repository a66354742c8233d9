"""Requests at a given rate whatever the server does, over keep-alive connections.

Latency counts from when a request was due, not from when a connection was free to send it, so that a server that
stalls is charged for all the requests that came due meanwhile (no coordinated omission). Arrivals are a Poisson
process; all that is random comes from the seed.
"""

import collections
import os
import random
import selectors
import socket
import time


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.rest, self.wanted, self.status, self.due = b"", 0, 0, 0.0

    def send(self, request, due):
        self.rest, self.wanted, self.due = b"", 0, due
        self.socket.sendall(request)  # a few hundred bytes into an empty buffer

    def receive(self):
        """True where the reply is whole."""
        block = self.socket.recv(1 << 16)
        if not block:
            raise ConnectionError("the server closed a connection")
        self.rest += block
        end = self.rest.find(b"\r\n\r\n")
        if not self.wanted and end >= 0:
            head = self.rest[:end].lower()
            at = head.index(b"content-length:")
            self.wanted = end + 4 + int(head[at + 15:].split(b"\r\n", 1)[0])
            self.status = int(head[9:12])
        return 0 < self.wanted <= len(self.rest)


class Load:
    def __init__(self, port, connections):
        self.selector = selectors.EpollSelector()
        self.free = [Connection(port) for _ in range(connections)]
        for one in self.free:
            self.selector.register(one.socket, selectors.EVENT_READ, one)
        # epoll's own timeout counts whole milliseconds.
        self.timer = os.timerfd_create(time.CLOCK_MONOTONIC, flags=os.TFD_NONBLOCK)
        self.selector.register(self.timer, selectors.EVENT_READ, None)
        self.waiting = collections.deque()
        self.latencies, self.refused = [], 0

    def send_waiting(self):
        while self.waiting and self.free:
            self.free.pop().send(*self.waiting.popleft())

    def wait(self, until):
        os.timerfd_settime(self.timer, flags=os.TFD_TIMER_ABSTIME, initial=max(until, 1e-9))
        for key, _ in self.selector.select():
            if key.data is not None and key.data.receive():
                self.latencies.append(time.monotonic() - key.data.due)
                self.refused += key.data.status != 200
                self.free.append(key.data)
                self.send_waiting()

    def run(self, requests, rate, seconds, seed):
        random_source = random.Random(seed)
        due = start = time.monotonic()
        total = 0
        while due < start + seconds:
            if time.monotonic() < due:
                self.wait(due)
                continue
            self.waiting.append((requests[random_source.randrange(len(requests))], due))
            self.send_waiting()
            due += random_source.expovariate(rate)
            total += 1
        # What has not come within as long again counts as if it came then.
        while len(self.latencies) < total and time.monotonic() < start + 2 * seconds:
            self.wait(time.monotonic() + 0.1)
        missing = total - len(self.latencies)
        self.latencies += [time.monotonic() - start - seconds] * missing
        return missing


def measure(port, requests, rate, seconds, seed, connections=64):
    load = Load(port, connections)
    missing = load.run(requests, rate, seconds, seed)
    ordered = sorted(load.latencies)
    for one in load.free:
        one.socket.close()
    return {"requests": len(ordered), "unanswered": missing, "not_200": load.refused,
            **{f"p{share}": 1e3 * ordered[int(len(ordered) * share / 100)] for share in (50, 99)},
            "p99.9": 1e3 * ordered[int(len(ordered) * 0.999)], "max": 1e3 * ordered[-1]}
