"""Peers that speak HTTP/2 frame by frame, for what curl and nghttp do not do: a client and a backend over hyper's h2."""
import socket
import ssl
import threading

import h2.config
import h2.connection
import h2.events
import h2.settings

WAIT_SECONDS = 20

# Of the Gateway of RunCase: a backend of HTTP/1.1, one of HTTP/2, and none.
ROUTE = """apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route, namespace: test}
spec:
  parentRefs: [{name: gw}]
  hostnames: [app.test]
  rules:
  - backendRefs: [{name: old, port: 80}]
  - matches: [{path: {value: /h2}}]
    backendRefs: [{name: two, port: 80}]
  - matches: [{path: {value: /moved}}]
    filters: [{type: RequestRedirect, requestRedirect: {hostname: elsewhere.test}}]
---
apiVersion: v1
kind: Service
metadata: {name: two, namespace: test}
spec: {ports: [{port: 80, appProtocol: kubernetes.io/h2c}]}
"""


class Peer:
    """A connection of either side; events are taken one after the other."""

    def __init__(self, sock, client_side, window=None):
        self.socket = sock
        self.socket.settimeout(WAIT_SECONDS)
        config = h2.config.H2Configuration(client_side=client_side, header_encoding="utf-8",
                                           validate_outbound_headers=False, normalize_outbound_headers=False)
        self.h2 = h2.connection.H2Connection(config)
        self.h2.initiate_connection()
        self.events = []
        self.closed = False
        if window is not None:
            self.h2.update_settings({h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: window})
        self.flush()
        if window is not None:  # streams opened before the peer has heard of it would have the old one
            while not self.wait_for(h2.events.SettingsAcknowledged).changed_settings:
                pass

    def flush(self):
        data = self.h2.data_to_send()
        if data:
            self.socket.sendall(data)

    def receive(self):
        """More events; False at the end of the connection."""
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            data = b""
        if not data:
            self.closed = True
            return False
        self.events += self.h2.receive_data(data)
        self.flush()
        return True

    def wait_for(self, kind, stream=None):
        """The next event of a kind (of a stream); None when the connection ends first."""
        while True:
            for i, event in enumerate(self.events):
                if isinstance(event, kind) and (stream is None or getattr(event, "stream_id", None) == stream):
                    return self.events.pop(i)
            if not self.receive():
                return None

    def body(self, stream):
        """All of a stream's DATA, with its window kept open; None when the stream is reset."""
        parts = []
        while True:
            event = self.wait_for((h2.events.DataReceived, h2.events.StreamEnded, h2.events.StreamReset), stream)
            if isinstance(event, h2.events.DataReceived):
                parts.append(event.data)
                self.h2.acknowledge_received_data(event.flow_controlled_length, stream)
                self.flush()
            else:
                return b"".join(parts) if isinstance(event, h2.events.StreamEnded) else None

    def close(self):
        self.socket.close()


class Client(Peer):
    def __init__(self, address, port, tls=None, server_name=None, window=None):
        sock = socket.create_connection((address, port), timeout=WAIT_SECONDS)
        if tls:
            tls.set_alpn_protocols(["h2"])
            sock = tls.wrap_socket(sock, server_hostname=server_name)
        super().__init__(sock, True, window)

    def request(self, path="/", method="GET", authority="app.test", fields=(), end=True, scheme="http"):
        stream = self.h2.get_next_available_stream_id()
        head = [(":method", method), (":scheme", scheme), (":authority", authority), (":path", path), *fields]
        self.h2.send_headers(stream, head, end_stream=end)
        self.flush()
        return stream

    def response(self, stream):
        """Status, fields and body; the status alone when it was reset: "reset"."""
        event = self.wait_for((h2.events.ResponseReceived, h2.events.StreamReset), stream)
        if not isinstance(event, h2.events.ResponseReceived):
            return "reset", {}, None
        fields = dict(event.headers)
        return int(fields[":status"]), fields, self.body(stream)


class Backend:
    """Listens with prior knowledge; `serve(peer)` runs for each connection, in a thread of its own."""

    def __init__(self, test, serve):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.serve = serve
        self.connections = 0
        threading.Thread(target=self.accept, daemon=True).start()
        test.addCleanup(self.listener.close)

    def accept(self):
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.one, args=(sock,), daemon=True).start()

    def one(self, sock):
        with sock:
            self.serve(Peer(sock, False))


def tls_context(ca):
    return ssl.create_default_context(cafile=ca)
