package cases_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// Cases as the list of fifteen states numbers them (工程建设项目审批管理系统数据共享交换标准).
func TestCasesAsTheExchangeNumbersThem(t *testing.T) {
	move := func(act cases.Act, from, to cases.State) cases.Moved {
		return cases.Moved{Act: act, From: from, To: to, By: cases.Doer{Name: "窗口", Role: identity.Window}}
	}
	bureau := func(act cases.Act, to cases.State) cases.Moved {
		m := move(act, cases.Accepted, to)
		m.By = cases.Doer{Name: "周海", Role: identity.Reviewer}
		return m
	}
	special := func(act cases.Act, until calendar.Day) cases.Moved {
		m := bureau(act, cases.Accepted)
		m.Special = &cases.Special{ID: "s1", Kind: "听证", Reason: "相邻住户", Until: until}
		return m
	}
	submit, accept := move(cases.Submit, cases.Unfiled, cases.Received), move(cases.Accept, cases.Received, cases.Accepted)
	owing := accept
	owing.Promises = []cases.Promise{{Material: "m2"}}
	cure := move(cases.Cure, cases.Accepted, cases.Accepted)
	cure.Materials = []cases.Handed{{Material: "m2"}}
	ask, correct := move(cases.AskOnce, cases.Received, cases.Correcting), move(cases.Correct, cases.Correcting, cases.Received)
	claim, grant := bureau(cases.Claim, cases.Accepted), bureau(cases.Decide, cases.Granted)
	for _, tt := range []struct {
		name  string
		moves []cases.Moved
		want  []cases.Exchange
	}{
		{"taken in, handled, granted", []cases.Moved{submit, accept, claim, bureau(cases.Review, cases.Accepted), move(cases.Urge, cases.Accepted, cases.Accepted), grant}, []cases.Exchange{1, 3, 8, 11}},
		{"accepted by silence", []cases.Moved{submit, move(cases.DeemAccept, cases.Received, cases.Accepted)}, []cases.Exchange{1, 3}},
		{"decided at once, the department has begun all the same", []cases.Moved{submit, accept, grant}, []cases.Exchange{1, 3, 8, 11}},
		{"what follows the decision is no beginning", []cases.Moved{submit, move(cases.FileNow, cases.Received, cases.Granted), {Act: cases.Claim, From: cases.Granted, To: cases.Granted, By: claim.By}}, []cases.Exchange{1, 11}},
		{"corrected", []cases.Moved{submit, ask, correct, accept}, []cases.Exchange{1, 6, 7, 3}},
		{"never corrected", []cases.Moved{submit, ask, move(cases.Terminate, cases.Correcting, cases.Terminated)}, []cases.Exchange{1, 6, 7, 13}},
		{"no matter for a permit", []cases.Moved{submit, move(cases.SayNotNeeded, cases.Received, cases.NotNeeded)}, []cases.Exchange{1, 4}},
		{"refused", []cases.Moved{submit, ask, move(cases.Refuse, cases.Correcting, cases.Refused)}, []cases.Exchange{1, 6, 7, 5}},
		{"papers taken back", []cases.Moved{submit, move(cases.Withdraw, cases.Received, cases.Withdrawn)}, []cases.Exchange{1, 2}},
		{"application taken back", []cases.Moved{submit, accept, move(cases.Withdraw, cases.Accepted, cases.Withdrawn)}, []cases.Exchange{1, 3, 14}},
		{"a special procedure", []cases.Moved{submit, accept, special(cases.OpenSpecial, 0), special(cases.CloseSpecial, 9), grant}, []cases.Exchange{1, 3, 8, 9, 10, 11}},
		{"a hearing pauses once, however it is asked for and called", []cases.Moved{submit, accept, claim, special(cases.AskHearing, 0), special(cases.CallHearing, 0), special(cases.NoteHearing, 9)}, []cases.Exchange{1, 3, 8, 9, 10}},
		{"denied while a special procedure stands open", []cases.Moved{submit, accept, special(cases.OpenSpecial, 0), bureau(cases.Decide, cases.Denied)}, []cases.Exchange{1, 3, 8, 9, 10, 13}},
		{"an extension", []cases.Moved{submit, accept, claim, bureau(cases.Extend, cases.Accepted)}, []cases.Exchange{1, 3, 8, 9, 10}},
		{"granted with a material to come", []cases.Moved{submit, owing, claim, grant}, []cases.Exchange{1, 3, 8, 12}},
		{"it came", []cases.Moved{submit, owing, claim, cure, grant}, []cases.Exchange{1, 3, 8, 11}},
		{"annulled", []cases.Moved{submit, accept, grant, move(cases.Annul, cases.Granted, cases.Granted)}, []cases.Exchange{1, 3, 8, 11, 15}},
		{"the permit taken back", []cases.Moved{submit, accept, grant, move(cases.Recall, cases.Granted, cases.Granted)}, []cases.Exchange{1, 3, 8, 11, 14}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []cases.Exchange
			for _, r := range cases.ExchangeRows(tt.moves) {
				if got = append(got, r.State); r.By == "" {
					t.Errorf("nobody did %s", r.Name)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if rows := cases.ExchangeRows([]cases.Moved{submit, special(cases.OpenSpecial, 0)}); rows[2].Reason != "听证：相邻住户" {
		t.Errorf("a special procedure says %q", rows[2].Reason)
	}
}

// The fifteen states in the words of the list.
func TestTheFifteenStatesHaveTheWordsOfTheList(t *testing.T) {
	var all []string
	for e := cases.Exchange(1); e.Han() != ""; e++ {
		all = append(all, e.Han())
	}
	want := "已接件 已撤件 已受理 不受理 不予受理 补正（开始） 补正（结束） 部门开始办理 特别程序（开始） 特别程序（结束） 办结（通过） 办结（容缺通过） 办结（不通过） 撤回 撤销"
	if got := strings.Join(all, " "); got != want {
		t.Error(cmp.Diff(want, got))
	}
}
