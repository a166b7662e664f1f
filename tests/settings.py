"""The house's own settings, for one process of a test run: it has a home to itself."""

import os
import tempfile

os.environ["CORDEE_HOME"] = tempfile.mkdtemp(prefix="cordee-test-")
os.environ.setdefault("CORDEE_DEMO", "0")

from cordee.config.settings import *  # noqa: F403 - they are read once the home is known
