"""Where monitoring keeps timelines, deadlines, tasks and what people wrote in its forms."""
