"""Serves files over HTTP, well or badly, for the tests of scripts/fetch-data.

Addresses are /MANNER/FOLDER/NAME, with a folder below the one given. Manners: plain (with ranges),
norange, cut (a request without a range gets half), slow (the same half, then nothing more comes),
wrong (one byte altered), short, long, none (not found).

Run: python3 range-server.py ROOT. Prints its port, writes "MANNER NAME RANGE" of each request to
ROOT/FOLDER/requests, and when its input ends removes ROOT and ends.
"""

import http.server
import pathlib
import shutil
import sys
import threading
import time

ROOT = pathlib.Path(sys.argv[1])


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked = self.headers.get("Range")
        mode, folder, name = self.path.strip("/").split("/")
        with (ROOT / folder / "requests").open("a") as log:
            log.write(f"{mode} {name} {asked or '-'}\n")
        path = ROOT / folder / name
        if not path.is_file() or mode == "none":
            self.send_error(404)
            return
        content = path.read_bytes()
        if mode == "wrong":
            content = content[:-1] + bytes([content[-1] ^ 1])
        elif mode == "short":
            content = content[:-7]
        elif mode == "long":
            content += b"more"
        begin = 0
        if asked and mode != "norange":
            begin = int(asked.removeprefix("bytes=").split("-")[0])
            if begin >= len(content):
                self.send_error(416)
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(content) - begin))
        self.end_headers()
        end = len(content)
        if mode in ("cut", "slow") and begin == 0:
            end //= 2
        self.wfile.write(content[begin:end])
        self.wfile.flush()
        if end < len(content) and mode == "slow":
            time.sleep(60)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
shutil.rmtree(ROOT, ignore_errors=True)
