"""What every HTTP edge of the network does alike."""
