"""A backend of HTTP/2 with prior knowledge that answers every request with the frames that it is told to."""
import socket
import threading

from .frames import ACK, HEADERS, PING, PREFACE, SETTINGS, frame


class FrameBackend:
    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.script = None  # stream -> octets
        self.connections = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            connection.sendall(frame(SETTINGS))
            with connection.makefile("rb") as octets:
                if octets.read(len(PREFACE)) != PREFACE:
                    connection.close()
                    return
                while len(head := octets.read(9)) == 9:
                    payload = octets.read(int.from_bytes(head[:3], "big"))
                    kind, flags, stream = head[3], head[4], int.from_bytes(head[5:], "big")
                    if kind == SETTINGS and not flags & ACK:
                        connection.sendall(frame(SETTINGS, ACK))
                    elif kind == PING and not flags & ACK:
                        connection.sendall(frame(PING, ACK, payload=payload))
                    elif kind == HEADERS:
                        connection.sendall(self.script(stream))
        except OSError:
            pass

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.connections:
            connection.close()
