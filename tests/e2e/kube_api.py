"""A Kubernetes API client of a few lines, for tests that look at the wire: the real clients have tests of their own."""
import base64
import http.client
import json
import re
import ssl
import urllib.parse


class Access:
    """What a kubeconfig says, read without a YAML library: the file is ours."""

    def __init__(self, path):
        text = path.read_text()
        self.server = re.search(r"^    server: (\S+)$", text, re.M).group(1)
        token = re.search(r"^    token: (\S+)$", text, re.M)
        self.token = token.group(1) if token else ""
        authority = re.search(r"^    certificate-authority-data: (\S+)$", text, re.M)
        self.authority = base64.b64decode(authority.group(1)).decode() if authority else None
        url = urllib.parse.urlsplit(self.server)
        self.host, self.port = url.hostname, url.port

    def connect(self, timeout=20):
        if self.authority is None:
            return http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        context = ssl.create_default_context(cadata=self.authority)
        return http.client.HTTPSConnection(self.host, self.port, timeout=timeout, context=context)

    def request(self, method, path, body=None, headers=None, token=True):
        """Status and JSON document (or text) of one request."""
        sent = {"Authorization": "Bearer " + self.token} if token and self.token else {}
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        connection = self.connect()
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            text = response.read().decode()
            self.headers = response.headers
        finally:
            connection.close()
        try:
            return response.status, json.loads(text)
        except ValueError:
            return response.status, text


def service(name, namespace="default", **metadata):
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "namespace": namespace, **metadata},
            "spec": {"ports": [{"port": 80}]}}
