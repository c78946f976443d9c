"""What the pages of a site of API documentation have to do in a browser."""

import pathlib
import time
import urllib.parse

LINKS = "[...document.querySelectorAll('a')].map((it) => it.href)"
MEMBERS = "[...document.querySelectorAll('article.member')].filter((it) => it.checkVisibility()).length"
WIDTHS = [(1280, "light"), (360, "light"), (1280, "dark"), (360, "dark")]


def all_of(browser, folder, page, wrong):
    must = lambda holds, what: None if holds else wrong.append(what)
    for name in ["site", "hostile-site"]:
        site = folder / name
        files = [site / "index.html", site / "404.html", *sorted(site.glob("*.*.*/index.html")), *site.glob("dev/index.html")]
        for file in files:
            each(browser, file, f"{name}/{file.relative_to(site)}", page, wrong)
    site = folder / "site"
    version = (site / "2.0.0-rc.1/index.html").as_uri()
    sent_on(browser, site, must)
    filtered(browser, version, must)
    keyboard(browser, version, must)
    without_script(browser, version, must)
    printed(browser, version, must)


def each(browser, file, name, page, wrong):
    for width, scheme in WIDTHS:
        browser.open(file.as_uri(), width, scheme)
        where = f"{name}, {width} px, {scheme}"
        wrong += [f"{where}: {what}: {which}" for what, which in browser.run(page).items()]
        wrong += [f"{where}: {fault}" for fault in browser.faults()]
    for link in browser.run(LINKS):
        parsed = urllib.parse.urlparse(link)
        there = pathlib.Path(urllib.parse.unquote(parsed.path)).is_file()
        if parsed.scheme == "file" and not there:
            wrong.append(f"{name}: nothing is at {link[:200]}")


def sent_on(browser, site, must):
    """The address of the newest release leads to it, without a script; what is below it is led there by the page 404."""
    for scripts in [True, False]:
        browser.open((site / "latest/index.html").as_uri(), scripts=scripts)
        there = left(browser, "/latest/index.html")
        must(there == (site / "1.1.0/index.html").as_uri(), f"latest leads to {there} (scripts: {scripts})")
    lost = site / "latest/acme_core/fn.turn.html"
    target = site / "1.1.0/acme_core/fn.turn.html"
    lost.parent.mkdir(parents=True)
    lost.write_text((site / "404.html").read_text())
    target.write_text("<title>there</title>")
    browser.open(lost.as_uri() + "?a=b#c")
    there = left(browser, "/latest/acme_core/fn.turn.html?a=b#c")
    must(there == target.as_uri() + "?a=b#c", f"the page 404 leads to {there}")


def left(browser, end):
    """Where the browser is when it is no longer at the address of this end, or gives up leaving it."""
    there = ""
    for _ in range(100):
        time.sleep(0.05)
        try:
            there = browser.run("location.href")
        except RuntimeError:
            # It is between two pages.
            continue
        if not there.endswith(end):
            break
    # That this page is there must not be taken for the next one being there.
    time.sleep(0.5)
    browser.run("1")
    browser.events = []
    return there


def filtered(browser, address, must):
    browser.open(address)
    write = "const box = document.querySelector('#filter'); box.value = {0!r}; box.dispatchEvent(new Event('input'))"
    before = browser.run(MEMBERS)
    for words, count in [("macros", 1), ("ACME sentence", 3), ("nothing is called like this", 0), ("", before)]:
        browser.run("{" + write.format(words) + "}")
        found = browser.run(MEMBERS)
        must(found == count, f"the filter of members finds {found} and not {count} for {words!r}")
    must(before == 4, f"there are {before} members")


def keyboard(browser, address, must):
    browser.open(address)
    focus = "document.activeElement.className || document.activeElement.id || document.activeElement.tagName"
    browser.key("Tab", 9)
    must(browser.run(focus) == "skip", "site: the link that skips is not the first to be reached")
    browser.key("Enter", 13, "\r")
    must(browser.run("location.hash") == "#main", "site: the link that skips does not")
    browser.key("/", 191, "/")
    must(browser.run(focus) == "filter", "site: / does not lead to the filter")
    must(browser.run("document.querySelector('#filter').value") == "", "site: the filter has the key that led to it")
    browser.key("Tab", 9)
    must(browser.run("getComputedStyle(document.activeElement).outlineStyle") != "none", "site: what is reached is not marked")


def without_script(browser, address, must):
    browser.open(address, scripts=False)
    must(browser.run("document.querySelector('#filter') === null"), "site: without script there are parts that need it")
    must(browser.run(MEMBERS) == 4, "site: without script members are not shown")


def printed(browser, address, must):
    browser.open(address, media="print")
    tools = "document.querySelector('.tools').checkVisibility()"
    must(not browser.run(tools), "site: what one cannot use on paper is printed")
    must(browser.run(MEMBERS) == 4, "site: members are not printed")
