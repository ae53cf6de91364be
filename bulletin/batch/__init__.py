"""Many bulletins: resumable, parallel, local or on a cluster."""
