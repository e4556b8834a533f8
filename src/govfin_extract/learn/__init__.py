"""What is learned from labelled documents: it decides where the rules leave a choice."""
