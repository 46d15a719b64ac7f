"""Writes blocks (`export::blocks`, one JSON file each) as docx with python-docx and as xlsx with openpyxl, beside each file."""

import json
import pathlib
import re
import sys

import docx
import openpyxl
from openpyxl.utils import get_column_letter

NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.(\d+))?(%?)")


def stored(text):
    """A number and its format, where the text is one as it is shown."""
    found = NUMBER.fullmatch(text)
    if not found or text.startswith("-0"):
        return text, None
    decimals, percent = found.groups()
    shown = "0" + ("." + "0" * len(decimals) if decimals else "") + percent
    return (float(text[:-1]) / 100 if percent else float(text)), shown


def word(blocks):
    document = docx.Document()
    for block in blocks:
        if "text" in block:
            document.add_paragraph(block["text"])
            continue
        width = block["columns"]
        table = document.add_table(rows=block["rows"], cols=width)
        table.style = "Table Grid"
        cells = table._cells
        for row, column, rows, columns, text, _ in block.get("cells", []):
            first, last = cells[row * width + column], cells[(row + rows - 1) * width + column + columns - 1]
            (first.merge(last) if rows > 1 or columns > 1 else first).text = text
    return document


def sheets(blocks):
    book = openpyxl.Workbook()
    book.remove(book.active)
    wide = max((block["columns"] for block in blocks if "text" not in block and "sheet" not in block), default=1)
    below = {}
    for block in blocks:
        name = block["sheet"][0] if "sheet" in block else "Sheet1"
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        first = below.get(name, 0)
        cells = [[0, 0, 1, wide, block["text"], None]] if "text" in block else block.get("cells", [])
        for row, column, rows, columns, text, _ in cells:
            row, column = first + row + 1, column + 1
            if text:
                value, shown = stored(text)
                cell = sheet.cell(row, column, value)
                if shown:
                    cell.number_format = shown
                elif cell.data_type == "f":
                    cell.data_type = "s"
            if rows > 1 or columns > 1:
                last = f"{get_column_letter(column + columns - 1)}{row + rows - 1}"
                sheet.merge_cells(f"{get_column_letter(column)}{row}:{last}")
        below[name] = first + (1 if "text" in block else block["rows"])
    return book


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    blocks = json.loads(path.read_text("utf-8"))
    word(blocks).save(path.with_suffix(".docx"))
    sheets(blocks).save(path.with_suffix(".xlsx"))
