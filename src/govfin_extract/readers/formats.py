"""One way from a file's bytes to its text: the reader of its format, imported when the first such file comes."""

from __future__ import annotations

from govfin_extract.readers import plain
from govfin_extract.readers.detect import detect
from govfin_extract.readers.limits import Budget
from govfin_extract.readers.linear import Linear
from govfin_extract.text.places import Places


def read_bytes(data: bytes, name: str, budget: Budget) -> Linear:
    """The text of a file and where it stands on the pages.

    Args:
        name: how error messages name the file; its suffix says nothing of its format.

    Raises:
        FormatError, DecodeError, DamagedFileError, LimitError, MissingToolError: as the reader of the format says.
    """
    budget.spend("bytes", len(data))
    form = detect(data, name)
    if form == "text":
        return Linear(plain.decode(data, name), Places())
    if form == "pdf":
        from govfin_extract.readers.pdf import read_pdf

        return read_pdf(data, name, budget)
    if form == "docx":
        from govfin_extract.readers.docx import read_docx

        return read_docx(data, name, budget)
    if form in ("html", "mhtml"):
        from govfin_extract.readers import html

        return (html.read_html if form == "html" else html.read_mhtml)(data, name, budget)
    if form in ("xlsx", "xls", "ods"):
        return _read_workbook(form, data, name, budget)
    return _read_through_office(form, data, name, budget)


def _read_workbook(form: str, data: bytes, name: str, budget: Budget) -> Linear:
    from govfin_extract.readers.sheets.ods import read_ods
    from govfin_extract.readers.sheets.xls import read_xls
    from govfin_extract.readers.sheets.xlsx import read_xlsx

    return {"xlsx": read_xlsx, "xls": read_xls, "ods": read_ods}[form](data, name, budget)


def _read_through_office(form: str, data: bytes, name: str, budget: Budget) -> Linear:
    from govfin_extract.readers.docx import read_docx
    from govfin_extract.readers.office import converted
    from govfin_extract.readers.sheets.xlsx import read_xlsx

    suffix = "xml" if form.endswith("-xml") else form
    if form == "excel-xml":
        return read_xlsx(converted(data, name, budget, suffix=suffix, target="xlsx"), name, budget)
    return read_docx(converted(data, name, budget, suffix=suffix, target="docx"), name, budget)
