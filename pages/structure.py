"""Tổ chức: tổ chức nào trực thuộc tổ chức nào, có bao nhiêu?"""

from dashboard import exhibits, ui

page = ui.open_page("structure")
page.element(ui.places.way_up)
page.tiles(exhibits.tiles.structure_counts)
if page.selection.only:
    page.columns([exhibits.structure.organizations], [exhibits.structure.by_commune], widths=[6, 5])
    page.columns(
        [exhibits.structure.members_over_time], [exhibits.structure.admitted_over_time], widths=[1, 1]
    )
else:
    page.card(exhibits.structure.organizations)
    page.columns(
        [exhibits.structure.by_commune],
        [exhibits.structure.members_over_time, exhibits.structure.admitted_over_time],
        widths=[1, 1],
    )
