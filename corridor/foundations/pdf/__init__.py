"""What is done to a PDF after Typst has set it: its text made fit to be copied, its objects packed."""
