"""The kit that all four services stand on. It knows none of them."""
