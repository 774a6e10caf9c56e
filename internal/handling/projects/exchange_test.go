package projects

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
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
		want  []Exchange
	}{
		{"taken in, handled, granted", []cases.Moved{submit, accept, claim, bureau(cases.Review, cases.Accepted), move(cases.Urge, cases.Accepted, cases.Accepted), grant}, []Exchange{1, 3, 8, 11}},
		{"accepted by silence", []cases.Moved{submit, move(cases.DeemAccept, cases.Received, cases.Accepted)}, []Exchange{1, 3}},
		{"decided at once, the department has begun all the same", []cases.Moved{submit, accept, grant}, []Exchange{1, 3, 8, 11}},
		{"what follows the decision is no beginning", []cases.Moved{submit, move(cases.FileNow, cases.Received, cases.Granted), {Act: cases.Claim, From: cases.Granted, To: cases.Granted, By: claim.By}}, []Exchange{1, 11}},
		{"corrected", []cases.Moved{submit, ask, correct, accept}, []Exchange{1, 6, 7, 3}},
		{"never corrected", []cases.Moved{submit, ask, move(cases.Terminate, cases.Correcting, cases.Terminated)}, []Exchange{1, 6, 7, 13}},
		{"no matter for a permit", []cases.Moved{submit, move(cases.SayNotNeeded, cases.Received, cases.NotNeeded)}, []Exchange{1, 4}},
		{"refused", []cases.Moved{submit, ask, move(cases.Refuse, cases.Correcting, cases.Refused)}, []Exchange{1, 6, 7, 5}},
		{"papers taken back", []cases.Moved{submit, move(cases.Withdraw, cases.Received, cases.Withdrawn)}, []Exchange{1, 2}},
		{"application taken back", []cases.Moved{submit, accept, move(cases.Withdraw, cases.Accepted, cases.Withdrawn)}, []Exchange{1, 3, 14}},
		{"a special procedure", []cases.Moved{submit, accept, special(cases.OpenSpecial, 0), special(cases.CloseSpecial, 9), grant}, []Exchange{1, 3, 8, 9, 10, 11}},
		{"a hearing pauses once, however it is asked for and called", []cases.Moved{submit, accept, claim, special(cases.AskHearing, 0), special(cases.CallHearing, 0), special(cases.NoteHearing, 9)}, []Exchange{1, 3, 8, 9, 10}},
		{"denied while a special procedure stands open", []cases.Moved{submit, accept, special(cases.OpenSpecial, 0), bureau(cases.Decide, cases.Denied)}, []Exchange{1, 3, 8, 9, 10, 13}},
		{"an extension", []cases.Moved{submit, accept, claim, bureau(cases.Extend, cases.Accepted)}, []Exchange{1, 3, 8, 9, 10}},
		{"granted with a material to come", []cases.Moved{submit, owing, claim, grant}, []Exchange{1, 3, 8, 12}},
		{"it came", []cases.Moved{submit, owing, claim, cure, grant}, []Exchange{1, 3, 8, 11}},
		{"annulled", []cases.Moved{submit, accept, grant, move(cases.Annul, cases.Granted, cases.Granted)}, []Exchange{1, 3, 8, 11, 15}},
		{"the permit taken back", []cases.Moved{submit, accept, grant, move(cases.Recall, cases.Granted, cases.Granted)}, []Exchange{1, 3, 8, 11, 14}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []Exchange
			for _, r := range ExchangeRows(tt.moves) {
				if got = append(got, r.State); r.By == "" {
					t.Errorf("nobody did %s", r.Name)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if rows := ExchangeRows([]cases.Moved{submit, special(cases.OpenSpecial, 0)}); rows[2].Reason != "听证：相邻住户" {
		t.Errorf("a special procedure says %q", rows[2].Reason)
	}
}

// The fifteen states in the words of the list.
func TestTheFifteenStatesHaveTheWordsOfTheList(t *testing.T) {
	var all []string
	for e := Exchange(1); e.Han() != ""; e++ {
		all = append(all, e.Han())
	}
	want := "已接件 已撤件 已受理 不受理 不予受理 补正（开始） 补正（结束） 部门开始办理 特别程序（开始） 特别程序（结束） 办结（通过） 办结（容缺通过） 办结（不通过） 撤回 撤销"
	if got := strings.Join(all, " "); got != want {
		t.Error(cmp.Diff(want, got))
	}
}

// A project has a code of 24 characters: year, division, industry, kind, serial.
func TestAProjectHasACodeOfTheNationalPlatform(t *testing.T) {
	at := time.Date(2026, 6, 1, 2, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ name, code, kept, fault string }{
		{"as it was given out", "2026-320300-35-03-123456", "2026-320300-35-03-123456", ""},
		{"typed with an input method", " ２０２６－320300－35－03－123456 ", "2026-320300-35-03-123456", ""},
		{"given out by the province", "2019-320000-35-01-000001", "2019-320000-35-01-000001", ""},
		{"none", "", "", "codes.project"},
		{"one digit short", "2026-320300-35-03-12345", "", "codes.project"},
		{"without hyphens", "20263203003503123456", "", "codes.project"},
		{"a letter in the division", "2026-32030a-35-03-123456", "", "codes.project"},
		{"no such province", "2026-990300-35-03-123456", "", "codes.project.division"},
		{"of a year to come", "2027-320300-35-03-123456", "", "projects.code.future"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := factory(t)
			p.Code, p.Name, p.Place = tt.code, "二期厂房", "示例路1号"
			err := p.check(at)
			switch fields := fault.Fields(err); {
			case tt.fault == "" && (err != nil || p.Code != tt.kept):
				t.Errorf("%q %v", p.Code, err)
			case tt.fault != "" && (len(fields) != 1 || fields[0].Path != "code" || fields[0].Code != tt.fault):
				t.Errorf("refused at %v", fields)
			}
		})
	}
}
