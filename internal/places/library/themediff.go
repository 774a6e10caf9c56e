package library

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/revisions"
	"tongban/internal/catalogue/themes"
)

// against sets the draft beside the edition in force.
func (v *themeView) against(r *http.Request, l *Library) error {
	base, err := l.inForce(r.Context(), v.Draft.ID)
	if err != nil || base == nil {
		return err
	}
	v.Number = base.Number
	if v.Text != v.Draft.Text {
		return nil
	}
	made, err := l.Themes.Compose(r.Context(), base)
	v.Changed = v.differs(made, base, v.Text)
	return err
}

// inForce is the latest edition of a theme; nil while there is none.
func (l *Library) inForce(ctx context.Context, id themes.ID) (*themes.Theme, error) {
	all, err := l.Themes.History(ctx, id)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// differs sets two texts of the theme side by side, cell by cell as the editor names
// them; made is what follows from the old one.
func (v *themeView) differs(made *themes.Composed, old, new *themes.Theme) []revisions.Difference {
	was, is := sheetsOf(draftOf(old, made, v.dir), nil), sheetsOf(draftOf(new, v.Made, v.dir), nil)
	var all []revisions.Difference
	for i := range was {
		all = append(all, sheetDiffers(was[i], is[i])...)
	}
	return all
}

// sheetDiffers are the rows that came, went or changed.
func sheetDiffers(old, new sheetView) (all []revisions.Difference) {
	for _, row := range old.kept() {
		if now, there := new.row(row); there {
			all = append(all, rowDiffers(new, row, now)...)
		} else {
			all = append(all, revisions.Difference{Path: old.at(row.At), Label: old.Title + "“" + row.Title + "”", Was: row.said(), Kind: revisions.Removed})
		}
	}
	for _, row := range new.kept() {
		if _, there := old.row(row); !there {
			all = append(all, revisions.Difference{Path: new.at(row.At), Label: new.Title + "“" + row.Title + "”", Is: row.said(), Kind: revisions.Added})
		}
	}
	return all
}

func rowDiffers(s sheetView, old, new sheetRow) (all []revisions.Difference) {
	for i, c := range new.Cells {
		was, is := old.Cells[i].said(), c.said()
		if was == is {
			continue
		}
		label := c.Label
		if s.Path != "" {
			label = s.Title + "“" + new.Title + "”的" + c.Label
		}
		all = append(all, revisions.Difference{Path: c.Name, Label: label, Was: was, Is: is, Kind: revisions.Changed})
	}
	return all
}

// row is the row of the sheet that is about the same as another's.
func (v sheetView) row(o sheetRow) (sheetRow, bool) {
	for _, row := range v.kept() {
		if row.Was == o.Was {
			return row, true
		}
	}
	return sheetRow{}, false
}

// kept are the rows but for the one that waits to be filled in.
func (v sheetView) kept() []sheetRow {
	return slices.DeleteFunc(slices.Clone(v.Rows), func(r sheetRow) bool { return r.Fresh })
}

// said is the row in a few lines.
func (r sheetRow) said() string {
	var all []string
	for _, row := range r.facts() {
		if row.Value != "否" {
			all = append(all, row.Key+"："+row.Value)
		}
	}
	return strings.Join(all, "\n")
}

// placeOf is the name of what in the sheet a path leads to: a cell, a row or all of it.
func (v sheetView) placeOf(path string) string {
	for _, row := range v.Rows {
		for _, c := range row.Cells {
			if c.Name == path {
				return path
			}
		}
		if v.Path != "" && v.at(row.At) == path {
			return path
		}
	}
	if head, _, _ := strings.Cut(path, "["); v.Path != "" && head == v.Path {
		return v.Path
	}
	return ""
}

// called is what people call a place of the sheet.
func (v sheetView) called(at string) string {
	if v.Path != "" {
		return v.Title
	}
	for _, c := range v.Rows[0].Cells {
		if c.Name == at {
			return c.Label
		}
	}
	return v.Title
}
