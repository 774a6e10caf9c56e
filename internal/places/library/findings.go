package library

import (
	"net/http"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// findingRow is one finding of the check, with the way to its field.
type findingRow struct {
	Rule, Say, Why, Run string
	Error               bool
	Href                string // of the field; "" where there is no editor
	Where               string // the tab's name
}

func findingOf(e *items.Edition, f items.Finding, base string) findingRow {
	tab, _ := tabOf(tabOfPath(f.Path))
	row := findingRow{Rule: f.Rule, Say: f.Say, Error: f.Severity == items.Error, Run: strings.Join(f.Run, " → "), Where: tab.Name}
	for _, rule := range items.Rules() {
		if rule.ID == f.Rule {
			row.Why = rule.Title + "（" + rule.Because + "）"
		}
	}
	if base != "" {
		row.Href = base + "/edit/" + tab.ID
		if at := anchorOf(e, f.Path); at != "" {
			row.Href += "#" + frame.FieldID(at)
		}
	}
	return row
}

// checkPage is the check of the draft (体检).
func (l *Library) checkPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.load(r, by, "check")
	if err != nil {
		return err
	}
	page.Show(w, r, checkPage(v))
	return nil
}

// differencePage sets the draft beside the edition it began from (变更对照).
func (l *Library) differencePage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.load(r, by, "difference")
	if err != nil {
		return err
	}
	page.Show(w, r, differencePage(v))
	return nil
}

// lines splits a text for display.
func shownLines(text string) []string {
	if text == "" {
		return []string{"（无）"}
	}
	return strings.Split(text, "\n")
}

// changedOnly reports whether anything but the day of effect differs.
func changedOnly(all []revisions.Difference) bool {
	return len(all) == 0 || len(all) == 1 && all[0].Path == "effective"
}
