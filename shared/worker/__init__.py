"""What runs beside the web: the relay empties the outbox, the consumer follows others, timers."""
