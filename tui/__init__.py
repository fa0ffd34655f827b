"""carrel's screen: the reader in the terminal, and the command line."""

import os

# Textual paints on the ticks of a clock, and what comes just after one waits for up to two more: of
# 60 ticks a second that is 33 ms for the rows of a letter. It reads this when it is imported.
os.environ.setdefault("TEXTUAL_FPS", "240")
