"""The JSON edge of intake."""
