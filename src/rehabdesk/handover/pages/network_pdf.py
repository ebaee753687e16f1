"""Pages of S9 (family and network), S10 (work, learning, certificates) and S11 (the chaplain's contribution)."""

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import join_words
from rehabdesk.handover.content.onward_sections_model import S9, S10, S11
from rehabdesk.handover.pages.words_pdf import code, day, joined, name, own_words
from rehabdesk.paper.blocks import Block, Bullets, Column, Heading, KeyValues, Paragraph, Table, Voice, Words


def family(section: S9, language: str) -> list[Block]:
    """Those who agreed, with what each offers; children by band alone, never a name (G28)."""
    blocks: list[Block] = []
    if section.contacts:
        blocks.append(
            Table(
                columns=(
                    Column(title=tr("Who"), share=3),
                    Column(title=tr("Telephone"), share=2),
                    Column(title=tr("What they offer"), share=4),
                    Column(title=tr("Agreed on"), share=2),
                ),
                rows=tuple(
                    (
                        joined([name(each.name), name(each.relation)]),
                        code(each.phone) if each.phone else "–",
                        own_words(each.offered, language),
                        day(each.agreed_on),
                    )
                    for each in section.contacts
                ),
            )
        )
    else:
        blocks.append(Paragraph(words=tr("Nobody agreed to be named here.")))
    if section.children:
        bands = join_words(code(each.age_band) for each in section.children)
        blocks.append(KeyValues(rows=((tr("Children, by years of age"), bands),)))
    if section.safeguarding_lead is not None:
        lead = section.safeguarding_lead
        blocks.append(KeyValues(rows=((tr("Safeguarding"), joined([name(lead.name), code(lead.phone)])),)))
    return blocks


def learning(section: S10, language: str) -> list[Block]:
    """Certificates with day and neutral issuer, then everything else in words."""
    blocks: list[Block] = [Heading(text=tr("Certificates"), level=3, bookmark=False)]
    if section.certificates:
        blocks.append(
            Table(
                columns=(
                    Column(title=tr("What"), share=5),
                    Column(title=tr("Finished"), share=2),
                    Column(title=tr("Issued by"), share=3),
                ),
                rows=tuple(
                    (
                        name(each.title),
                        day(each.date_),
                        joined([name(each.issuer), name(each.owner_agency) if each.owner_agency else None]),
                    )
                    for each in section.certificates
                ),
            )
        )
    else:
        blocks.append(Paragraph(words=tr("None.")))
    if section.skills:
        blocks.append(Heading(text=tr("Also learned or worked"), level=3, bookmark=False))
        blocks.append(Bullets(items=tuple(own_words(each, language) for each in section.skills)))
    if section.owner_agency is not None:
        blocks.append(KeyValues(rows=((tr("Whose it is"), name(section.owner_agency)),)))
    if section.next_step is not None:
        step = section.next_step
        rows: tuple[tuple[Words, Words], ...] = (
            (tr("Next step"), own_words(step.what, language)),
            (tr("With, on"), joined([name(step.with_), day(step.date_)])),
        )
        blocks.append(KeyValues(rows=rows))
    return blocks


def pastoral(section: S11, language: str) -> list[Block]:
    """The words as the person heard and agreed to them, and a faith contact who agreed."""
    blocks: list[Block] = [
        Voice(label=tr("Read to the person and agreed word by word"), words=own_words(section.text, language))
    ]
    contact = section.faith_contact
    if contact is not None:
        rows: tuple[tuple[Words, Words], ...] = (
            (tr("Who can be called"), joined([name(contact.name), code(contact.phone)])),
            (tr("Agreed on"), day(contact.agreed_on)),
        )
        blocks.append(KeyValues(rows=rows))
    return blocks
