"""Makes the files of the example alliance. The product never imports this: it reads only what it writes."""
