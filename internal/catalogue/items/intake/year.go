package intake

import (
	"bytes"
	"encoding/json"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
)

// yearFindings are what is wrong with a notice of holidays, and what in it is to be
// compared with the notice as it was published.
func yearFindings(f map[string]any) []items.Finding {
	raw, err := json.Marshal(f)
	if err != nil {
		return []items.Finding{{Rule: "calendar.read.shape", Severity: items.Error, Say: "日历文件里有 JSON 写不出的值，请改正"}}
	}
	year, err := calendar.Read(bytes.NewReader(raw))
	found := faulty(err)
	if err != nil {
		return found
	}
	for _, say := range year.Doubts() {
		found = append(found, items.Finding{Rule: "calendar.doubt", Severity: items.Warning, Path: "days", Say: say})
	}
	return found
}
