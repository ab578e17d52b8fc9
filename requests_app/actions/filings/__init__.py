"""What a drafted challenge argues, asks for and must bring: chosen and written by a person."""
