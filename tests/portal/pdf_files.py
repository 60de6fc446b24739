"""PDFs as people and attackers make them."""

from __future__ import annotations

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

SECRET = "Rahasia Penulis"  # whoever finds this in a stored file has found who wrote it


def photo_with_notes(kind: str = "JPEG") -> bytes:
    """Return a photo whose camera noted who holds it, with a comment beside."""
    notes = Image.Exif()
    notes[0x010F] = f"Kamera {SECRET}"
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (10, 200, 30)).save(out, kind, exif=notes.tobytes(), comment=SECRET.encode())
    return out.getvalue()


def written(pdf: pikepdf.Pdf, **how: object) -> bytes:
    """Return the file's bytes."""
    out = io.BytesIO()
    pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def plain(words: str = "Lampu jalan mati") -> pikepdf.Pdf:
    """Return one page with words that can be read and a box around them."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 200))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = Stream(pdf, f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET 10 10 200 150 re S".encode())
    return pdf


def letter() -> bytes:
    """Return a harmless PDF."""
    return written(plain())


def telling() -> bytes:
    """Return a PDF that says who made it in every place that a PDF has for this."""
    pdf = plain()
    pdf.docinfo["/Author"] = SECRET
    pdf.docinfo["/Title"] = f"Surat {SECRET}"
    with pdf.open_metadata() as notes:
        notes["dc:creator"] = [SECRET]
    page = pdf.pages[0]
    page.PieceInfo = Dictionary(Editor=Dictionary(LastModified=String("D:20260101"), Private=String(SECRET)))
    page.Metadata = Stream(pdf, f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode())
    page.Thumb = Stream(pdf, SECRET.encode())
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=SECRET, T=SECRET)
    page.Annots = pdf.make_indirect(Array([note]))
    for name, picture, filters in (
        ("Plain", photo_with_notes(), Name.DCTDecode),
        ("Packed", zlib.compress(photo_with_notes()), Array([Name.FlateDecode, Name.DCTDecode])),
    ):
        image = Stream(pdf, b"")
        image.write(picture, filter=filters)
        image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 40, 30
        image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
        image.Metadata = Stream(pdf, SECRET.encode())
        page.add_resource(image, Name.XObject, Name(f"/{name}"))
    pdf.Root[Name("/Private")] = String(SECRET)
    return written(pdf, compress_streams=False)


def acting() -> bytes:
    """Return a PDF that runs, calls and carries something wherever a PDF can."""
    pdf = plain()
    run = Dictionary(S=Name.JavaScript, JS=String("app.alert('jalan')"))
    call = Dictionary(S=Name.URI, URI=String("https://jahat.example/"))
    start = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    pdf.Root.OpenAction, pdf.Root.AA = run, Dictionary(WC=run, DP=start)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), run])))
    pdf.attachments["virus.exe"] = b"MZ jahat"
    page = pdf.pages[0]
    page.AA = Dictionary(O=run)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 300, 200], A=call, AA=Dictionary(E=run))
    page.Annots = pdf.make_indirect(Array([link]))
    page.Resources.XObject = Dictionary()
    outside = Stream(pdf, b"")
    outside.Type, outside.Subtype, outside.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    outside.F, outside.Ref = String("\\\\jahat.example\\a"), Dictionary(F=String("\\\\jahat.example\\b"), Page=0)
    page.Resources.XObject.Outside = outside
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(pdf, b"<xdp><script>jahat</script></xdp>"))
    return written(pdf, compress_streams=False)


def filled_in(answer: str) -> bytes:
    """Return a form whose one field somebody filled in; only the field's appearance shows it."""
    pdf = plain()
    look = Stream(pdf, f"BT /F1 10 Tf 2 4 Td ({answer}) Tj ET".encode())
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 20])
    look.Resources = pdf.pages[0].Resources
    field = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("nama"), V=String(answer), F=4,
                   Rect=Array([20, 50, 120, 70]), AP=Dictionary(N=pdf.make_indirect(look)), P=pdf.pages[0].obj)
    )  # fmt: skip
    pdf.pages[0].Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    return written(pdf)


def edited() -> bytes:
    """Return a file that was changed by an addition at its end: the name that was taken out stands before it."""
    first = written(plain(SECRET), compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
    start = int(first.rpartition(b"startxref")[2].split()[0])
    words = b"BT /F1 12 Tf 20 100 Td (tanpa nama) Tj ET"
    change = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(words), words)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n" % (number, len(first))
    with pikepdf.open(io.BytesIO(first)) as pdf:
        root, size = pdf.Root.objgen[0], len(pdf.objects) + 1
    trailer = b"<</Size %d /Root %d 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, root, start, len(first) + len(change),
    )  # fmt: skip
    return first + change + table + trailer


def locked() -> bytes:
    """Return a PDF that opens only with a password."""
    return written(plain(), encryption=pikepdf.Encryption(user="kunci", owner="kunci"))


def bomb() -> bytes:
    """Return a small file whose list of objects unpacks to 4 GB."""
    pack = zlib.compressobj(9)
    packed = b"".join(pack.compress(bytes(2**24)) for _n in range(256)) + pack.flush()
    head = b"%PDF-1.7\n"
    entry = b"1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
    return head + entry + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(head)


def nested() -> bytes:
    """Return a PDF whose page holds lists in lists, a hundred thousand deep."""
    deep = b"[" * 100_000 + b"]" * 100_000
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    return body + b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox " + deep + b">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def circling() -> bytes:
    """Return a PDF whose list of pages names itself."""
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
    return body + b"trailer<</Root 1 0 R>>\n%%EOF"
