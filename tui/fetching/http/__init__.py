"""Bytes from servers, politely. `client.HttpFetcher` is the door."""
