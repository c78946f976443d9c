#!/usr/bin/env python3
"""Draws what a terminal shows at the end of a run, from its typescript on standard input, as an SVG.

Every run of equal style is placed by its column, so that the table stays straight in any font. The
card has a background of its own, and is dark where the reader's system is: either holds on any page.
"""

import re
import sys
from html import escape

COLUMNS, CELL, LINE, SIZE, MARGIN = 126, 7.4, 18, 12.3, 18
COLOURS = {"31": "#b3261e", "32": "#1a7f37", "33": "#8a5a00"}
# The colours above where it is dark.
DARK = """<style>@media (prefers-color-scheme: dark) {
  rect { fill: #0d1117; stroke: #3d444d } g { fill: #e6edf3 }
  [fill="#b3261e"] { fill: #f85149 } [fill="#1a7f37"] { fill: #3fb950 } [fill="#8a5a00"] { fill: #d29922 }
}</style>"""
TOKEN = re.compile(r"\x1b\[(\d*)(?:;\d+)*([A-Za-z])|\r|\n|[^\x1b\r\n]")


def screen(text):
    """The lines of the terminal: each a list of (character, style); a style is (colour, bold)."""
    lines, row, column, style = [[]], 0, 0, (None, False)
    for token in TOKEN.finditer(text):
        whole, number, command = token[0], token[1], token[2]
        if whole == "\r":
            column = 0
        elif whole == "\n":
            row += 1
        elif command == "A":
            row = max(0, row - int(number or 1))
        elif command == "B":
            row += int(number or 1)
        elif command == "K":
            lines[row] = []
        elif command == "m":
            style = styled(style, number)
        elif command is None:
            if column == COLUMNS:
                row, column = row + 1, 0
            lines += [[] for _ in range(row + 1 - len(lines))]
            line = lines[row]
            line += [(" ", (None, False))] * (column + 1 - len(line))
            line[column] = (whole, style)
            column += 1
        lines += [[] for _ in range(row + 1 - len(lines))]
    return lines


def styled(style, number):
    if number in ("", "0"):
        return (None, False)
    return (style[0], True) if number == "1" else (COLOURS.get(number, style[0]), style[1])


def runs(line):
    """(column, text, style) of each stretch of equal style without two blanks in a row."""
    start = 0
    for end in range(1, len(line) + 1):
        if end == len(line) or line[end][1] != line[start][1]:
            text = "".join(character for character, _ in line[start:end])
            for stretch in re.finditer(r"\S+(?: \S+)*", text):
                yield start + stretch.start(), stretch[0], line[start][1]
            start = end


def draw(lines, title):
    width = COLUMNS * CELL + 2 * MARGIN
    height = len(lines) * LINE + 2 * MARGIN
    plain = "\n".join("".join(character for character, _ in line).rstrip() for line in lines)
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img"')
    print(f'     width="{width:g}" height="{height:g}" aria-labelledby="title desc">')
    print(f'<title id="title">{escape(title)}</title>\n<desc id="desc">{escape(plain)}</desc>')
    print(DARK)
    print(f'<rect x=".5" y=".5" width="{width - 1:g}" height="{height - 1:g}" rx="8" ', end="")
    print('fill="#fbfaf7" stroke="#c9c5bb"/>')
    print(f'<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', '
          f'monospace" font-size="{SIZE}" fill="#24292f">')
    for number, line in enumerate(lines):
        y = MARGIN + number * LINE + SIZE
        for column, text, (colour, bold) in runs(line):
            more = (f' fill="{colour}"' if colour else "") + (' font-weight="bold"' if bold else "")
            print(f'<text x="{MARGIN + column * CELL:g}" y="{y:g}" textLength="{len(text) * CELL:g}"'
                  f' lengthAdjust="spacingAndGlyphs"{more}>{escape(text)}</text>')
    print("</g>\n</svg>")


def main():
    text = sys.stdin.read()
    text = re.sub(r"(?m)^Script (started|done) on .*\n?", "", text)
    lines = screen(text)
    while lines and not any(character.strip() for character, _ in lines[-1]):
        lines.pop()
    draw(lines, sys.argv[1])


main()
