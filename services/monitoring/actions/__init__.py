"""What monitoring does: follow events, watch the time, write down what people judge."""
