"""Chromium without a window, asked through a pipe (the Chrome DevTools Protocol)."""

import json
import os
import shutil
import subprocess
import tempfile

NAMES = ["chromium", "chromium-browser", "google-chrome"]


def find():
    """The program; None where there is none."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for found in map(shutil.which, NAMES) if found), None)


class Browser:
    """One page at a time, and all that it does beside what it is asked."""

    def __init__(self, program):
        self.folder = tempfile.mkdtemp()
        to_browser, write = os.pipe()
        read, from_browser = os.pipe()

        def pipes():
            # Those that the protocol has: it reads from 3 and writes to 4.
            os.dup2(to_browser, 200)
            os.dup2(from_browser, 201)
            os.dup2(200, 3)
            os.dup2(201, 4)

        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"]
        self.process = subprocess.Popen(
            [program, *flags, f"--user-data-dir={self.folder}", "about:blank"],
            preexec_fn=pipes,
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self.input, self.output = os.fdopen(write, "wb"), os.fdopen(read, "rb")
        self.last, self.session, self.events, self.rest = 0, None, [], b""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Network", "Log", "Runtime"]:
            self.ask(domain + ".enable")

    def ask(self, method, **parameters):
        self.last += 1
        asked = {"id": self.last, "method": method, "params": parameters}
        if self.session:
            asked["sessionId"] = self.session
        self.input.write(json.dumps(asked).encode() + b"\0")
        self.input.flush()
        while (message := self.next()).get("id") != self.last:
            self.events.append(message)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return message["result"]

    def next(self):
        while b"\0" not in self.rest:
            read = os.read(self.output.fileno(), 1 << 16)
            if not read:
                raise RuntimeError("the browser has gone")
            self.rest += read
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def run(self, script):
        """What a script comes to, in the page."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise RuntimeError(f"{script}: {found['exceptionDetails']}")
        return found["result"].get("value")

    def open(self, address, width=1280, scheme="light", scripts=True, media="screen"):
        """Opens a page, and forgets what others did."""
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", media=media, features=features)
        self.ask("Emulation.setScriptExecutionDisabled", value=not scripts)
        # Else another place of the same page would be no new page.
        self.ask("Page.navigate", url="about:blank")
        self.wait("Page.loadEventFired")
        self.events = []
        self.ask("Page.navigate", url=address)
        self.wait("Page.loadEventFired")

    def wait(self, event):
        while not any(it.get("method") == event for it in self.events):
            self.events.append(self.next())
        self.events = [it for it in self.events if it.get("method") != event]

    def key(self, key, code, text=None):
        down = {"type": "keyDown", "key": key, "windowsVirtualKeyCode": code}
        if text:
            down["text"] = text
        self.ask("Input.dispatchKeyEvent", **down)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def faults(self):
        """What the page did that it should not: addresses it asked for, what its policy refused, what its script threw."""
        found = []
        for event in self.events:
            parameters = event.get("params", {})
            match event.get("method"):
                case "Network.requestWillBeSent":
                    address = parameters["request"]["url"]
                    if not (address.startswith("file:") and address.split("#")[0].endswith(".html")):
                        found.append(f"asks for {address[:200]}")
                case "Log.entryAdded":
                    found.append(f"log: {parameters['entry']['text'][:200]}")
                case "Runtime.exceptionThrown" | "Page.javascriptDialogOpening":
                    found.append(f"{event['method']}: {str(parameters)[:200]}")
        return found

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
