"""Paper: pages, tables, stamps, codes, pictures. Knows no feature; loads its libraries only when they are used.

    from rehabdesk.paper.blocks import Column, Heading, KeyValues, Paragraph, Run, SignatureArea, Table, Voice, bold
    from rehabdesk.paper.fonts import missing_characters
    from rehabdesk.paper.pages import PageFrame, build

    missing = missing_characters([("name", person.name), ("goal", goal.text)])
    if missing:  # never a box on paper: stop, and say which characters in which fields
        raise UserError(...)
    frame = PageFrame(title="Personal resettlement file RDP-1", author="Site", creator="RehabDesk 0.1.0", language="en",
                      issued=issued, heading="Personal resettlement file", watermark="Community team, 24 Nov 2026",
                      foot="RDP-1 · 1234 5678", page_words=tr("page {page} of {pages}"))
    paper = build(frame, [
        Heading(text="Plan", level=1),
        Paragraph(words=(Run(text="Goal of "), bold(isolate(person.name)), Run(text=": a room of one's own."))),
        KeyValues(rows=(("Case reference", isolate_ltr("C-12/4")),)),
        Table(columns=(Column(title="Step", share=3), Column(title="By", share=1)), rows=(("Ask", "1 Dec"),)),
        Voice(label="In the person's own words", words="I want to start at the bakery."),
        SignatureArea(name="AuthorSignature"),
    ])
    paper.pdf; paper.page_count; paper.areas["AuthorSignature"]  # Area(page=0, left, bottom, right, top), page from 0

Also here: stamp.signature_stamp (appearance of a signature), pictures.page_png (pages of our own PDFs as pictures).
"""
