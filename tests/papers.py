"""What makes a PDF here: left out with a plain word on a machine without Pango, never in CI."""

import os

import pytest

from hub.core import paper

needs_pango = pytest.mark.skipif(not paper.makes_pdf() and not os.environ.get("CI"), reason="no Pango on this machine: PDF is not tried")
