"""A network line that can be cut: between the browser and the house, on this machine."""

import contextlib
import socket
import threading


class Line:
    """Passes on every byte in both directions, until it is cut."""

    def __init__(self, to_port: int) -> None:
        self._to = to_port
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        with socket.socket() as free:
            free.bind(("localhost", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.mend()

    def mend(self) -> None:
        """Let everything through again."""
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("localhost", self.port))
        listening.listen(64)
        self._listening = listening
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def cut(self) -> None:
        """Refuse whoever calls, and drop who is connected."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        with self._lock:
            for end in self._open:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            self._open.clear()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                caller, _address = listening.accept()
                house = socket.create_connection(("localhost", self._to))
            except OSError:
                return
            with self._lock:
                self._open |= {caller, house}
            for source, target in ((caller, house), (house, caller)):
                threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._open -= {source, target}
        source.close()
