"""What became of the help: timelines, deadlines, tasks, and whether the help is enough."""
