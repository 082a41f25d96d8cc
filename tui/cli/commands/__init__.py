"""One module a command, each with `run(args) -> exit status`. Loaded only when it is called."""
