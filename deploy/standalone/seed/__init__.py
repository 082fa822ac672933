"""The training unit of ``make demo``: made-up people, made-up cases."""
