"""Compiled kernels for the embedded voices: a faster way to run the same network.

`library` finds the compiled extension and asks it what this processor can do; `rewriting` puts its operator
into the published graph (`patterns` finds where, `graph` holds the nodes, `spectrum` replaces one more);
`trial` compares what both say; `sessions` puts them together. Where anything is missing or goes wrong, the
published graph runs as it is.
"""

from bulletin.speech.kernels.library import Choice, choose
from bulletin.speech.kernels.sessions import Stock, open_session

__all__ = ["Choice", "Stock", "choose", "open_session"]
