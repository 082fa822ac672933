"""What people can make intake do: a verb for each function, one unit of work for each."""
