"""A backend that parses nothing: it keeps the octets that it was sent, and answers when they end as the test said."""
import selectors
import socket
import threading


class Recorder:
    """One thread serves every connection, all that is readable before anything is answered: when the answer to a later request is
    there, whatever was sent to us before it has been recorded."""

    def __init__(self, address="127.0.0.1"):
        self.selector = selectors.DefaultSelector()
        self.listener = socket.create_server((address, 0))
        self.listener.setblocking(False)
        self.port = self.listener.getsockname()[1]
        self.selector.register(self.listener, selectors.EVENT_READ)
        self.lock = threading.Lock()
        self.connections = {}  # number -> socket
        self.count = 0
        self.stopped = False
        self.begin()
        self.expect([], [])
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def begin(self):
        """Forgets what was recorded."""
        with self.lock:
            self.seen = {}  # number -> octets
            self.unanswered = {}  # number -> octets since the last answer

    def expect(self, endings, answers, early=False):
        """The n-th answer (octets, whether to close behind them) goes out when the octets since the one before, on one connection,
        end as the n-th ending; None never comes true. A pair: they hold the first of it, and end as the second. `early`: at the
        first octets, whatever they are."""
        with self.lock:
            self.endings, self.answers, self.early = list(endings), list(answers), early
            self.answered = 0

    def recorded(self):
        with self.lock:
            return {number: bytes(octets) for number, octets in self.seen.items()}

    def send_late(self, octets):
        """To every connection that this case used; the kernel has handed them over when this returns."""
        with self.lock:
            for number in self.seen:
                if number in self.connections:
                    self.connections[number].send(octets)

    def stop(self):
        self.stopped = True
        socket.create_connection(self.listener.getsockname()).close()
        self.thread.join()
        for each in [self.listener, *self.connections.values()]:
            each.close()
        self.selector.close()

    def _serve(self):
        while not self.stopped:
            ready = self.selector.select()
            with self.lock:
                for key, _ in ready:
                    if key.fileobj is self.listener:
                        self._accept()
                    else:
                        self._read(key.data, key.fileobj)
                for number in [key.data for key, _ in ready if key.fileobj is not self.listener]:
                    self._answer(number)

    def _accept(self):
        try:
            connection, _ = self.listener.accept()
        except OSError:
            return
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.count += 1
        self.connections[self.count] = connection
        self.selector.register(connection, selectors.EVENT_READ, self.count)

    def _read(self, number, connection):
        try:
            octets = connection.recv(1 << 20)
        except BlockingIOError:
            return
        except OSError:
            octets = b""
        if not octets:
            self._close(number)
            return
        self.seen.setdefault(number, bytearray()).extend(octets)
        self.unanswered.setdefault(number, bytearray()).extend(octets)

    def _answer(self, number):
        pending = self.unanswered.get(number)
        if not pending or number not in self.connections or self.answered >= len(self.endings):
            return
        ending = self.endings[self.answered]
        if not self.early:
            held, ending = ending if isinstance(ending, tuple) else (b"", ending)
            if ending is None or held not in pending or not pending.endswith(ending):
                return
        answer, closes = self.answers[self.answered]
        self.answered += 1
        pending.clear()
        connection = self.connections[number]
        connection.setblocking(True)
        try:
            connection.sendall(answer)
        except OSError:
            closes = True  # the gateway had enough of it
        if closes:
            self._close(number)
        else:
            connection.setblocking(False)

    def _close(self, number):
        connection = self.connections.pop(number)
        self.selector.unregister(connection)
        connection.close()
