"""Many feeds: a pure schedule, the runner, the process that fetches for the screens, servers."""
