"""What the pages of every front share: layout, macros, forms, languages and safety headers."""
