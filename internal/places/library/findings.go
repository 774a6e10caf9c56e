package library

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/catalogue/revisions/imports"
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
	path                string // of a theme, where the finding stands
}

func findingOf(e *items.Edition, f items.Finding, base string) findingRow {
	tab, _ := tabOf(tabOfPath(f.Path))
	row := findingRow{Rule: f.Rule, Say: f.Say, Error: f.Severity.Blocks(), Run: strings.Join(f.Run, " → "), Where: tab.Name}
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

// arrived is what was found when the draft came in a file, but for what the check
// says anew.
func (v revisionView) arrived() []imports.Line {
	still := map[string]bool{}
	for _, f := range v.Find {
		still[f.Rule+f.Say] = true
	}
	var all []imports.Line
	for _, f := range v.R.Imported.Findings {
		if !still[f.Rule+f.Say] {
			all = append(all, imports.Line{Item: v.R.Item, Finding: f})
		}
	}
	return all
}

// left is what the source said that has no place in an edition.
func (v revisionView) left() []frame.Row {
	var rest map[string]any
	if len(v.R.Imported.Rest) == 0 || json.Unmarshal(v.R.Imported.Rest, &rest) != nil {
		return nil
	}
	var rows []frame.Row
	for _, name := range slices.Sorted(maps.Keys(rest)) {
		rows = append(rows, frame.Row{Key: name, Value: plainly(rest[name])})
	}
	return rows
}

// plainly is a value as it stood in the file, in a line.
func plainly(v any) string {
	if text, ok := v.(string); ok {
		return text
	}
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(body)
}
