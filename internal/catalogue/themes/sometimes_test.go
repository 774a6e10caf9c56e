package themes

import (
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/forms"
)

// An item that gives a paper only in some situations spares it only those who
// are in them; for whom nobody can say yet, it is asked and waited for.
func TestAPaperMadeOnlySometimes(t *testing.T) {
	yesNo := forms.Question{ID: "要证明", Text: "要开证明吗？", Options: []forms.Option{{Value: "是", Label: "是"}, {Value: "否", Label: "否"}}}
	maker := item("户口登记", 3, gives("注销户口证明"), func(e *items.Edition) {
		e.Questions, e.Results[0].When = []forms.Question{yesNo}, `要证明 == "是"`
	})
	c := composed(&Theme{Name: "身后", Components: []Component{{Item: maker.Item}}}, maker, item("遗产提取", 2, wantsPaper("注销户口证明")))
	if len(c.Materials.Materials) != 1 || len(c.Plan.Edges) != 1 {
		t.Fatalf("unsettled: %v, %v", c.Materials.Materials, c.Plan.Edges)
	}
	asked := c.Form.Questions[0].ID
	for answer, want := range map[string]struct{ materials, edges int }{"是": {0, 1}, "否": {1, 0}, "": {1, 1}} {
		own := Recompose(c, forms.Answers{asked: answer})
		if len(own.Materials.Materials) != want.materials || len(own.Plan.Edges) != want.edges {
			t.Errorf("answered %q: %d materials, %d edges", answer, len(own.Materials.Materials), len(own.Plan.Edges))
		}
	}
	if len(maker.Results) != 1 || maker.Results[0].When == "" {
		t.Error("the catalogue's edition was changed")
	}
	given := composed(&Theme{Name: "身后", Components: []Component{{Item: maker.Item, Given: forms.Answers{"要证明": "否"}}}}, maker, item("遗产提取", 2, wantsPaper("注销户口证明")))
	if len(given.Materials.Materials) != 1 || len(given.Plan.Edges) != 0 {
		t.Errorf("given: %v, %v", given.Materials.Materials, given.Plan.Edges)
	}
}
