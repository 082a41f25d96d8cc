"""Jobs for the tests of worker processes: good, slow, greedy, noisy and fatal ones."""

import os
import time
from typing import Any

Reply = tuple[dict[str, Any], bytes]


def work(request: dict[str, Any], body: bytes) -> Reply:
    match request["do"]:
        case "echo":
            return {"said": request["text"], "pid": os.getpid()}, body[::-1]
        case "raise":
            raise ValueError("no good")
        case "die":
            os._exit(9)
        case "hang":
            time.sleep(3600)
        case "print":
            print("this must not get between the frames", flush=True)
            os.write(1, b"nor this")
        case "grow":
            hoard = bytearray(request["bytes"])
            return {"grew": len(hoard)}, b""
    return {}, b""
