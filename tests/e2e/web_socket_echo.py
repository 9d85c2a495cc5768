"""A WebSocket server of another make than ours, for tests that need a backend or a peer to compare with."""
import asyncio
import contextlib
import threading

import websockets


class WebSocketEcho:
    """Sends back what it gets, in a thread of its own."""

    def __init__(self, test):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        test.addCleanup(self.end)
        self.server = asyncio.run_coroutine_threadsafe(self.serve(), self.loop).result()
        self.port = self.server.sockets[0].getsockname()[1]

    async def serve(self):
        return await websockets.serve(self.one, "127.0.0.1", 0, max_size=None, ping_interval=None, subprotocols=["chat"])

    @staticmethod
    async def one(connection):
        with contextlib.suppress(websockets.ConnectionClosed):
            async for message in connection:
                await connection.send(message)

    async def close(self):
        self.server.close()
        await self.server.wait_closed()

    def end(self):
        asyncio.run_coroutine_threadsafe(self.close(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()
