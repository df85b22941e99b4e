"""A mail server for the tests: says when it is ready, then each message that it took as a line of JSON.

Who is not there is refused for good; who is "later" is refused the first time; who is "silent"
is never answered.
"""
import asyncio
import json
import sys

from aiosmtpd.controller import Controller


class Handler:
    def __init__(self):
        self.later = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 5.1.1 no such user"
        if address.startswith("silent"):
            await asyncio.sleep(60)
        if address.startswith("later") and address not in self.later:
            self.later.add(address)
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        text = envelope.content.decode("utf-8", "replace")
        print(json.dumps({"to": envelope.rcpt_tos, "from": envelope.mail_from, "text": text}), flush=True)
        return "250 OK"


controller = Controller(Handler(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
