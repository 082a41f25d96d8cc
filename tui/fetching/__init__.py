"""httpx: client, limits, conditional requests, politeness; feeds parsed; discovery; section pages."""
