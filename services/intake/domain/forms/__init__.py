"""Every form, declared once: the API schema, the screens and the storage follow from it."""
