"""Room 4: voice it. `casts` says who speaks with which voice, `render` turns utterances into clips."""
