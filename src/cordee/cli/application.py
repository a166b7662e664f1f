"""The web application as our server runs it: in a process that ends with the one that started it.

Without this, a server that was killed would leave its web processes behind, and the port taken.
"""

import os
import threading

from cordee.cli.processes import stop_with
from cordee.config.wsgi import application

__all__ = ["application"]

threading.Thread(target=stop_with, args=(os.getppid(),), daemon=True).start()
