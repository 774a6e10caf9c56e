package portal

import (
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
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

// A review by experts hid that a hearing can be asked for, until the days for it had passed.
func TestAllThatACaseWaitsForIsTold(t *testing.T) {
	until := calendar.Parse("2026-09-29")
	c := &cases.Case{State: cases.Accepted, ItemName: "迁移古树名木审批", Hearing: &cases.Hearing{About: "拟准予", Until: until}, Panel: &cases.Panel{Review: "r1"}}
	acts := func(today calendar.Day) (all string) {
		for _, due := range duesOf(c, today) {
			all += due.Act + "；"
		}
		return all
	}
	if got := acts(until); got != "要求听证；看专家评审；" {
		t.Error("on the last day:", got)
	}
	if got := acts(until + 1); got != "看专家评审；" {
		t.Error("a day later:", got)
	}
}
