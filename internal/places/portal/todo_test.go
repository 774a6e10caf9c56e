package portal

import (
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/handling/cases"
)

// An answer to be corrected is no paper: people looked for the second one to upload.
func TestOnlyPapersAreCountedAsPapers(t *testing.T) {
	paper, answer := cases.Deficiency{Material: "m1"}, cases.Deficiency{Field: "取水地点"}
	for want, items := range map[string][]cases.Deficiency{
		"请补 2 份材料": {paper, paper},
		"请补正 2 项":  {paper, answer},
		"请补正 1 项":  {answer},
	} {
		if got := howMuch(cases.Notice{Items: items}); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestEveryFeeOfAMatterIsTold(t *testing.T) {
	seal, card := items.Fee{Name: "刻章费", Standard: "每枚50元"}, items.Fee{Name: "工本费", Standard: "20元"}
	for want, fees := range map[string][]items.Fee{
		"不收费": nil,
		"刻章费：每枚50元；工本费：20元": {seal, card, seal},
	} {
		if got := costs(fees); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
