"""Clients for servers that share subscriptions and state."""
