"""A local stand-in for Customer's Canvas Hub.

One process on the loopback interface plays every host the Hub has: the Hub itself, the API gateway, the
script CDN and the artifact storage. It speaks the Hub's protocol over real HTTP, keeps its state in a
directory, and renders print files and previews. The shop knows nothing of it: only addresses differ.
"""

__version__ = "0.2.0"
