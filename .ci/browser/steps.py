"""What the page of the report has to do in a browser."""

import site_steps as site

UNFOLD = "document.querySelectorAll('details').forEach((it) => { it.open = true; })"
SHIFT = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""
SEEN = "[...document.querySelectorAll('{0}')].filter((it) => it.checkVisibility({{ contentVisibilityAuto: true }})).length"


def all_of(browser, folder, page):
    wrong = []
    must = lambda holds, what: None if holds else wrong.append(what)
    addresses = {name: (folder / f"{name}.html").as_uri() for name in ["large", "hostile", "large.status", "hostile.status"]}
    for name, address in addresses.items():
        for width, scheme in [(1280, "light"), (360, "light"), (1280, "dark"), (360, "dark")]:
            browser.open(address, width, scheme)
            where = f"{name}, {width} px, {scheme}"
            must(browser.run(SHIFT) == 0, f"{where}: the layout jumps")
            browser.run(UNFOLD)
            wrong += [f"{where}: {what}: {which}" for what, which in browser.run(page).items()]
            wrong += [f"{where}: {fault}" for fault in browser.faults()]
    hostile(browser, addresses["hostile"], must)
    places(browser, addresses["large"], must)
    filtered(browser, addresses["large"], must)
    keyboard(browser, addresses["large"], must)
    without_script(browser, addresses["large"], must)
    printed(browser, addresses["large"], must)
    site.all_of(browser, folder, page, wrong)
    return wrong


def hostile(browser, address, must):
    browser.open(address)
    text = browser.run("document.body.textContent")
    for shown in ["<script>window.planted=1</script>", "onerror=window.planted=1>", "]]><![CDATA[", "<!--", "&lt;b&gt;", "\\u{202e}gnp.exe"]:
        must(shown in text, f"hostile: {shown} is not shown")
    must(browser.run("document.title").startswith("Failed: </code></pre></style></script></title>"), "hostile: the title is not whole")
    must("planted.example" not in " ".join(browser.faults()), "hostile: another host is asked")


def places(browser, address, must):
    """A link to a test that is folded away unfolds it."""
    browser.open(address)
    place = browser.run("[...document.querySelectorAll('.binaries .tests li[id]')].at(-1).id")
    for way in [f"{address}#{place}", None]:
        if way:
            browser.open(way)
        else:
            browser.open(address)
            browser.run(f"location.hash = {place!r}; new Promise((done) => setTimeout(done, 100))")
        box = f"document.getElementById({place!r}).getBoundingClientRect()"
        is_there = browser.run(f"{box}.height > 0 && {box}.top >= 0 && {box}.top < innerHeight")
        must(is_there, f"a link to a folded test does not show it ({'opened' if way else 'followed'})")


def filtered(browser, address, must):
    browser.open(address)
    rows = SEEN.format("tr.f, .causes > li, .tests > li")
    before = browser.run(rows)
    write = "const box = document.querySelector('#filter'); box.value = {0!r}; box.dispatchEvent(new Event('input'))"
    browser.run("{" + write.format("module_07 acme-http") + "}")
    shown = browser.run(rows)
    texts = "[...document.querySelectorAll('.tests > li:not([hidden])')].filter((it) => it.checkVisibility()).map((it) => it.textContent)"
    tests = browser.run(texts)
    must(tests == [] or all("module_07" in it for it in tests), "the filter shows what does not fit")
    browser.run("{" + write.format("number_1234_") + "}")
    must(any("number_1234_" in it for it in browser.run(texts)), "the filter does not unfold what fits")
    told = browser.run("document.querySelector('.filter output').textContent")
    must(told.endswith("found") and told != "0 found", f"the filter counts wrongly: {told}")
    browser.run("{" + write.format("nothing is called like this") + "}")
    must(browser.run(rows) == 0, "the filter shows what does not fit")
    browser.run("{" + write.format("") + "}")
    must(browser.run(rows) == before and shown < before, "an empty filter does not bring all back")


def keyboard(browser, address, must):
    browser.open(address)
    focus = "document.activeElement.className || document.activeElement.id || document.activeElement.tagName"
    browser.key("Tab", 9)
    must(browser.run(focus) == "skip", "the link that skips is not the first to be reached")
    visible = browser.run("document.activeElement.getBoundingClientRect().left >= 0")
    must(visible, "the link that skips is not seen when it is reached")
    browser.key("/", 191, "/")
    must(browser.run(focus) == "filter", "/ does not lead to the filter")
    must(browser.run("document.querySelector('#filter').value") == "", "the filter has the key that led to it")
    browser.run("document.querySelector('.causes summary').focus()")
    was = browser.run("document.activeElement.parentElement.open")
    browser.key("Enter", 13, "\r")
    must(browser.run("document.activeElement.parentElement.open") != was, "Enter does not fold")
    outline = browser.run("getComputedStyle(document.activeElement).outlineStyle")
    must(outline != "none", "what is reached is not marked")


def without_script(browser, address, must):
    browser.open(address, scripts=False)
    must(browser.run("document.querySelector('#filter, button') === null"), "without script there are parts that need it")
    must(browser.run(SEEN.format("section")) >= 8, "without script parts are not shown")
    must(browser.run(SEEN.format("article pre")) >= 5, "without script no cause is unfolded")
    box = browser.run("(() => { const it = [...document.querySelectorAll('.causes > li > details:not([open]) > summary')][0];"
                      " it.scrollIntoView(); const box = it.getBoundingClientRect(); return [box.left + 60, box.top + 8]; })()")
    for kind in ["mousePressed", "mouseReleased"]:
        browser.ask("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)
    opened = browser.run(f"document.elementFromPoint({box[0]}, {box[1]}).closest('details').open")
    must(opened, "without script nothing unfolds")


def printed(browser, address, must):
    browser.open(address, media="print")
    must(browser.run(SEEN.format(".tools")) == 0, "what one cannot use on paper is printed")
    folded = "document.querySelector('.causes details:not([open]) pre').checkVisibility()"
    must(browser.run(folded), "what is folded is not printed")
