"""The staff workspace: server-rendered pages for all eight stages. The browser holds a cookie."""
