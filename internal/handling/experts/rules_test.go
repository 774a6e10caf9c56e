package experts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
)

func TestWhoStandsAside(t *testing.T) {
	on := calendar.Parse("2026-05-11")
	need := Need{Region: "320300000000", Fields: []string{"消防"}, Applicant: "徐州示例餐饮管理（集团）有限公司", Agent: "陈洁", Account: "u-r", On: on, Before: []ExpertID{"9"}}
	fit := Expert{ID: "1", Name: "彭飞", Fields: []string{"建筑", "消防"}, Employer: "退休", Region: "320300000000"}
	for _, tt := range []struct {
		name   string
		change func(*Expert)
		why    string // "-": not asked for at all
	}{
		{"nothing against them", func(*Expert) {}, ""},
		{"of the province's register", func(e *Expert) { e.Region = "320000000000" }, ""},
		{"of another field", func(e *Expert) { e.Fields = []string{"水利"} }, "-"},
		{"of another city's register", func(e *Expert) { e.Region = "320400000000" }, "-"},
		{"works for the applicant, written with other brackets", func(e *Expert) { e.Employer = "徐州示例餐饮管理(集团) 有限公司" }, "与申请人同一单位"},
		{"declared an interest", func(e *Expert) {
			e.Interests = []string{"别的公司", "徐州示例餐饮管理（集团）有限公司"}
		}, "申报过与申请人有利害关系"},
		{"acts for the applicant", func(e *Expert) { e.Name = "陈洁" }, "是申请人或者经办人本人"},
		{"calls the review", func(e *Expert) { e.Account = "u-r" }, "是本办件的工作人员"},
		{"took part before", func(e *Expert) { e.ID = "9" }, "以前参加过这个办件的评审或者抽取"},
		{"away until that day", func(e *Expert) { e.Away = on }, "2026年5月11日前（含当日）不能参加评审"},
		{"back the day before", func(e *Expert) { e.Away = on - 1 }, ""},
		{"suspended", func(e *Expert) { e.Suspended = "两次无故缺席" }, "暂停资格：两次无故缺席"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := fit
			tt.change(&e)
			pool, out := Choose([]Expert{e}, need)
			switch {
			case tt.why == "-" && len(pool)+len(out) > 0, tt.why == "" && len(pool) != 1, len(tt.why) > 1 && (len(out) != 1 || out[0].Why != tt.why):
				t.Errorf("pool %v, out %v", pool, out)
			}
		})
	}
}

// The order depends on the seed and on who is drawn from, not on how they are
// listed; taking somebody out does not move the others.
func TestTheOrderOfADrawIsReckonedByAnybody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.StringN(1, 20, -1).Draw(t, "seed")
		ids := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) ExpertID { return ExpertID(rapid.StringN(1, 8, -1).Draw(t, "id")) }), 1, 20, rapid.ID[ExpertID]).Draw(t, "ids")
		order := Order(seed, ids)
		if shuffled := rapid.Permutation(ids).Draw(t, "shuffled"); !slices.Equal(order, Order(seed, shuffled)) {
			t.Fatal("another order for another list")
		}
		gone := rapid.SampledFrom(ids).Draw(t, "gone")
		without := slices.DeleteFunc(slices.Clone(ids), func(id ExpertID) bool { return id == gone })
		if left := slices.DeleteFunc(slices.Clone(order), func(id ExpertID) bool { return id == gone }); !slices.Equal(left, Order(seed, without)) {
			t.Fatal("who stands aside moves the others")
		}
	})
}

func TestEveryoneIsDrawnEquallyOften(t *testing.T) {
	first, ids := map[ExpertID]int{}, []ExpertID{"a", "b", "c", "d"}
	for i := range 4000 {
		first[Order(fmt.Sprint(i), ids)[0]]++
	}
	for id, n := range first {
		if n < 880 || n > 1120 {
			t.Errorf("%s came first %d times of 4000", id, n)
		}
	}
}

func TestADrawThatWasTamperedWithIsSeen(t *testing.T) {
	pool := []Candidate{{Expert: "a"}, {Expert: "b"}, {Expert: "c"}}
	good := Round{Pool: pool, Print: Fingerprint("s"), Seed: "s", Order: Order("s", []ExpertID{"a", "b", "c"})}
	other := slices.Clone(good.Order)
	other[0], other[1] = other[1], other[0]
	for name, bad := range map[string]Round{
		"another seed":         {Pool: pool, Print: Fingerprint("s"), Seed: "t", Order: Order("t", []ExpertID{"a", "b", "c"})},
		"another order":        {Pool: pool, Print: good.Print, Seed: "s", Order: other},
		"somebody left out":    {Pool: pool, Print: good.Print, Seed: "s", Order: good.Order[:2]},
		"somebody put in late": {Pool: pool[:2], Print: good.Print, Seed: "s", Order: good.Order},
	} {
		if bad.Proven() {
			t.Errorf("%s is not seen", name)
		}
	}
	if !good.Proven() {
		t.Error("an honest draw is not proven")
	}
}

// Only the expert signs for themselves, by their own name; nobody signs twice.
func TestAnOpinionIsTheExpertsOwn(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	host := identity.Actor{Account: "u-r", Name: "颜杰飞", Posts: []identity.Post{{Agency: "xz-urban", Region: "320300000000", Role: identity.Reviewer}}}
	own := identity.Actor{Account: "u-1", Name: "欧阳雪"}
	at := time.Date(2026, 5, 11, 2, 0, 0, 0, time.UTC)
	var register []Expert
	for i, name := range []string{"欧阳雪", "郭静", "蒋涛"} {
		register = append(register, Expert{ID: ExpertID(fmt.Sprint(i)), Name: name, Fields: []string{"园林"}, Employer: "所", Region: "320300000000"})
	}
	register[0].Account = "u-1"
	r := &Review{ID: "r", Agency: "xz-urban", Region: "320300000000", Party: "p", Question: "可行吗", Fields: []string{"园林"}, Wanted: 3}
	keep := func(m Moved, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err, fault.Fields(err))
		}
		r.Apply(m)
	}
	keep(r.Announce(register, "s", days, host, at))
	keep(r.Waive(identity.Actor{Party: "p"}, at))
	if _, err := r.Draw("t", days, host, at); fault.Code(err) != "experts.draw.seed" {
		t.Fatalf("drawn by another seed than was announced: %v", err)
	}
	keep(r.Draw("s", days, host, at))
	for _, c := range r.Now().Pool {
		by := host
		if c.Account != "" {
			by = own
			if _, err := r.Answer(c.Expert, true, "", days, host, at); fault.Code(err) != "experts.answer.self" {
				t.Fatalf("answered for somebody: %v", err)
			}
		}
		keep(r.Answer(c.Expert, true, "", days, by, at))
	}
	keep(r.Call(calendar.DayOf(at)+1, "三楼", host, at))
	at = at.Add(24 * time.Hour)
	said := func(name, text string) cases.PanelOpinion {
		return cases.PanelOpinion{Verdict: Agrees, Text: text, Signed: ink.Signature{Name: name}}
	}
	for _, tt := range []struct {
		name string
		id   ExpertID
		o    cases.PanelOpinion
		by   identity.Actor
		code string
	}{
		{"the host signs for who has an account", "0", said("欧阳雪", "可行"), host, "experts.opine.self"},
		{"somebody else takes it down", "1", said("郭静", "可行"), own, "experts.opine.host"},
		{"under another name", "1", said("蒋涛", "可行"), host, "experts.opine"},
		{"without reasons", "1", said("郭静", " "), host, "experts.opine"},
		{"too long", "1", said("郭静", strings.Repeat("长", longestSay+1)), host, "experts.opine"},
		{"the expert signs", "0", said("欧阳雪", "可行"), own, ""},
		{"the host takes it down", "1", said("郭静", "可行"), host, ""},
		{"a second time", "1", said("郭静", "可行"), host, "experts.opine.twice"},
	} {
		m, err := r.Opine(tt.id, tt.o, tt.by, at)
		if err == nil {
			r.Apply(m)
		}
		if (err == nil) != (tt.code == "") || err != nil && fault.Code(err) != tt.code {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
