package credit_test

import (
	"strings"
	"testing"

	"tongban/internal/ground/fault"
	"tongban/internal/register/credit"
)

// The bans of 行政许可法第七十八条、第七十九条 hold for the permit, to their last
// day, and are neither shortened nor doubled.
func TestWhoMayNotApplyAgain(t *testing.T) {
	rules := shipped(t)
	false78 := credit.Record{ID: "f", Case: "c", Kind: credit.FalseMaterial, Permit: "000131025000", ItemName: "食品经营许可", State: credit.Valid, On: today - 365, Until: today}
	for _, tt := range []struct {
		name   string
		change func(*credit.Record)
		permit string
		barred bool
	}{
		{"on its last day", func(*credit.Record) {}, "000131025000", true},
		{"the day after", func(r *credit.Record) { r.Until = today - 1 }, "000131025000", false},
		{"another permit", func(*credit.Record) {}, "000131099000", false},
		{"not about safety", func(r *credit.Record) { r.Permit = "" }, "", false},
		{"the objection was right", func(r *credit.Record) { r.State = credit.Removed }, "000131025000", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := rules.MayApply([]credit.Record{with(false78, tt.change)}, tt.permit, today)
			if tt.barred != (fault.Code(err) == "credit.may.barred") {
				t.Error(err)
			}
			if err != nil && (!strings.Contains(fault.Say(err), "第七十八条") || !strings.Contains(fault.Say(err), (today+1).Han())) {
				t.Error("neither the article nor the day is told:", fault.Say(err))
			}
		})
	}
	both := []credit.Record{with(lie, func(r *credit.Record) { r.Case = "c" }), with(false78, func(r *credit.Record) { r.Kind = credit.Fraud })}
	if got := rules.GradeOf(both, today); got != credit.GradeC {
		t.Errorf("one case counts twice: %s", got)
	}
}
