"""The server: Flask's requests in threads, streams and sockets on one loop, limits before both."""
