"""The hot paths by packages of Python, with what `hot-path` prints: `python.py junitparser FILE`."""

import json
import sys


def read(path):
    with open(path, "rb") as file:
        return file.read()


def junitparser(path):
    from junitparser import JUnitXml

    tests = failed = skipped = 0
    seconds = 0.0
    for suite in JUnitXml.fromfile(path):
        for case in suite:
            tests += 1
            failed += case.is_failure
            skipped += case.is_skipped
            seconds += case.time or 0
    return f"{tests} tests, {failed} failed, {skipped} skipped, {seconds:.0f} s"


def test_results_parser(path):
    from test_results_parser import parse_junit_xml

    runs = parse_junit_xml(read(path)).testruns
    # It takes an empty element <skipped/> for a test that passed, so that nothing is said of those.
    failed = sum(str(run.outcome) == "failure" for run in runs)
    return f"{len(runs)} tests, {failed} failed"


def export(parsed):
    lines = parsed["data"][0]["totals"]["lines"]
    return f"{lines['covered']} of {lines['count']} lines"


def json_module(path):
    return export(json.loads(read(path)))


def orjson(path):
    import orjson

    return export(orjson.loads(read(path)))


def badges(path, out, draw):
    lines = read(path).decode().splitlines()
    images = [draw(*line.split("\t")) for line in lines]
    with open(out, "w", encoding="utf-8") as file:
        file.write("\n".join(images))
    return f"{len(images)} badges"


def anybadge(path, out):
    from anybadge import Badge

    def draw(label, message, color):
        # It knows other names.
        color = {"brightgreen": "green"}.get(color, color)
        return Badge(label, message, default_color=color).badge_svg_text

    return badges(path, out, draw)


def pybadges(path, out):
    from pybadges import badge

    return badges(path, out, lambda *of: badge(**dict(zip(("left_text", "right_text", "right_color"), of))))


PEERS = {
    "anybadge": anybadge,
    "json": json_module,
    "junitparser": junitparser,
    "orjson": orjson,
    "pybadges": pybadges,
    "test_results_parser": test_results_parser,
}

if __name__ == "__main__":
    print(PEERS[sys.argv[1]](*sys.argv[2:]))
