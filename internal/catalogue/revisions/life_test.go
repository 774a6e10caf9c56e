package revisions

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

const (
	city     = "320300000000"
	district = "320303000000"
)

// rules are those of a city whose province stands outside.
var rules = Rules{Period: 7, Superior: func(region string) string {
	if region == district {
		return city
	}
	return ""
}}

func someone(account, region string, role identity.Role) identity.Actor {
	return identity.Actor{Account: account, Name: account, Posts: []identity.Post{{Region: region, Role: role, Title: string(role)}}}
}

var (
	keeper    = someone("keeper", city, identity.Items)
	colleague = someone("colleague", city, identity.Items)
	auditor   = someone("auditor", city, identity.Auditor)
	auditor2  = someone("auditor2", city, identity.Auditor)
	ylKeeper  = someone("yl-keeper", district, identity.Items)
	ylAuditor = someone("yl-auditor", district, identity.Auditor)
	citizen   = identity.Actor{Account: "citizen", Name: "李敏", Party: "p-limin"}
)

var nine = time.Date(2026, 11, 20, 9, 0, 0, 0, calendar.Zone)

func sample(t testing.TB, id items.ID) *items.Edition {
	t.Helper()
	all, err := library()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(e *items.Edition) bool { return e.Item == id })
	return Clone(all[i])
}

// library is the sample city's items, read once.
var library = sync.OnceValues(func() ([]*items.Edition, error) { return items.ReadAll(data.Sample, "sample/items") })

// A stage is a revision that acts are played on.
type stage struct {
	t    testing.TB
	r    *Revision
	base *items.Edition
	at   time.Time
}

func opened(t testing.TB, item items.ID, s Start, by identity.Actor) *stage {
	t.Helper()
	base := sample(t, item)
	s.Item = item
	if s.Reason == "" {
		s.Reason, s.Why = Improved, "减少材料"
	}
	m, err := begin("r1", s, base, rules, by, nine)
	if err != nil {
		t.Fatal(err)
	}
	g := &stage{t, &Revision{}, base, nine}
	g.apply(m)
	return g
}

func (g *stage) apply(m Moved) {
	g.r.Apply(m)
	g.r.Head.Seq = m.Seq
}

// does plays an act and answers with the code of the fault, "" for none.
func (g *stage) does(act Act, by identity.Actor) string {
	g.t.Helper()
	v, r := g.r.Version(), g.r
	var m Moved
	var err error
	switch act {
	case Save:
		text := Clone(r.Text)
		text.Plain += "！"
		m, err = r.save(text, v, rules, by, g.at)
	case Submit:
		m, err = r.submit(g.base, Held{}, "徐政务〔2026〕9号", v, rules, by, g.at)
	case Approve:
		m, err = r.approve("同意", "", v, rules, by, g.at)
	case Return, Redraft, Withdraw:
		m, err = r.sendBack(act, "还要改", v, rules, by, g.at)
	case Confirm:
		m, err = r.confirm("同意", "苏政务函〔2026〕1号", v, rules, by, g.at)
	case Comment:
		m, err = r.comment("希望再快一天", rules, by, g.at)
	case Answer:
		m, err = r.answer(0, "已经最短", false, rules, by, g.at)
	case Publish:
		m, err = r.publish(g.base.Number, nil, rules, by, g.at)
		m.Number = g.base.Number + 1
	}
	if err != nil {
		return fault.Code(err)
	}
	g.apply(m)
	return ""
}

func (g *stage) must(act Act, by identity.Actor) {
	g.t.Helper()
	if code := g.does(act, by); code != "" {
		g.t.Fatalf("%s by %s: %s", act, by.Account, code)
	}
}

func TestARevisionGoesItsWay(t *testing.T) {
	g := opened(t, "food-permit", Start{}, keeper)
	for _, step := range []struct {
		act Act
		by  identity.Actor
		to  State
	}{
		{Save, keeper, Draft}, {Submit, keeper, Submitted}, {Return, auditor, Returned}, {Save, colleague, Returned},
		{Submit, keeper, Submitted}, {Approve, auditor, Reviewed}, {Confirm, auditor2, Public}, {Comment, citizen, Public}, {Answer, keeper, Public},
	} {
		g.must(step.act, step.by)
		if g.r.State != step.to {
			t.Fatalf("%s leads to %s, want %s", step.act, g.r.State, step.to)
		}
	}
	if code := g.does(Publish, keeper); code != "revisions.publish.early" {
		t.Fatal("published on the first day of the publicity:", code)
	}
	g.at = g.at.AddDate(0, 0, 8)
	g.must(Publish, identity.TheSystem)
	if g.r.State != Published || g.r.Published != 2 || g.r.State.Open() {
		t.Fatalf("%+v", g.r)
	}
}

func TestWhoMayNotDoWhat(t *testing.T) {
	submitted := func(g *stage) { g.must(Save, g.editor()); g.must(Submit, g.editor()) }
	reviewed := func(g *stage) { submitted(g); g.must(Approve, auditorOf(g)) }
	public := func(g *stage) { reviewed(g); g.must(Confirm, auditor2) }
	for _, tt := range []struct {
		name string
		item items.ID
		till func(*stage)
		act  Act
		by   identity.Actor
		code string
	}{
		{"an auditor writes nothing", "food-permit", nil, Save, auditor, "revisions.save.part"},
		{"a district keeps out of the city's items", "food-permit", nil, Save, ylKeeper, "revisions.save.part"},
		{"an unchanged text is not reported", "food-permit", nil, Submit, keeper, "revisions.submit.same"},
		{"nobody approves what is a draft", "food-permit", nil, Approve, auditor, "revisions.approve.state"},
		{"the editor does not approve", "food-permit", submitted, Approve, keeper, "revisions.approve.part"},
		{"an auditor who also edited does not approve", "food-permit", submitted, Approve, with(keeper, identity.Auditor), "revisions.approve.part"},
		{"a district's auditor does not approve the city's", "food-permit", submitted, Approve, ylAuditor, "revisions.approve.part"},
		{"what is reported is not changed", "food-permit", submitted, Save, keeper, "revisions.save.state"},
		{"one auditor does not also confirm", "food-permit", reviewed, Confirm, auditor, "revisions.confirm.part"},
		{"a second auditor of the city confirms where nobody is above", "food-permit", reviewed, Confirm, auditor2, ""},
		{"a district's is confirmed by the city", "elder-subsidy", reviewed, Confirm, auditor, ""},
		{"a district does not confirm its own", "elder-subsidy", reviewed, Confirm, someone("yl-2", district, identity.Auditor), "revisions.confirm.part"},
		{"the city does not approve in the district's place", "elder-subsidy", submitted, Approve, auditor, "revisions.approve.part"},
		{"the city may send a district's back", "elder-subsidy", reviewed, Return, auditor, ""},
		{"nobody comments before the publicity", "food-permit", reviewed, Comment, citizen, "revisions.comment.state"},
		{"a stranger signs in to comment", "food-permit", public, Comment, identity.Actor{}, "revisions.comment.signin"},
		{"the program does not publish before the end", "food-permit", public, Publish, identity.TheSystem, "revisions.publish.early"},
		{"opinions are answered first", "food-permit", func(g *stage) { public(g); g.must(Comment, citizen); g.at = g.at.AddDate(0, 0, 9) }, Publish, keeper, "revisions.publish.unanswered"},
		{"the publicity ends for opinions too", "food-permit", func(g *stage) { public(g); g.at = g.at.AddDate(0, 0, 9) }, Comment, citizen, "revisions.comment.over"},
		{"an opinion may bring the text back", "food-permit", func(g *stage) { public(g); g.must(Comment, citizen) }, Redraft, keeper, ""},
		{"an opinion is answered once", "food-permit", func(g *stage) { public(g); g.must(Comment, citizen); g.must(Answer, keeper) }, Answer, keeper, "revisions.answer.state"},
		{"what is published is not withdrawn", "food-permit", func(g *stage) { public(g); g.at = g.at.AddDate(0, 0, 9); g.must(Publish, keeper) }, Withdraw, keeper, "revisions.withdraw.state"},
		{"what is before the public may be withdrawn", "food-permit", public, Withdraw, keeper, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := opened(t, tt.item, Start{}, editorOf(tt.item))
			if tt.till != nil {
				tt.till(g)
			}
			if code := g.does(tt.act, tt.by); code != tt.code {
				t.Errorf("%q, want %q", code, tt.code)
			}
		})
	}
}

func editorOf(item items.ID) identity.Actor {
	if item == "elder-subsidy" {
		return ylKeeper
	}
	return keeper
}

func (g *stage) editor() identity.Actor { return editorOf(g.r.Item) }

func auditorOf(g *stage) identity.Actor {
	if g.r.Region == district {
		return ylAuditor
	}
	return auditor
}

func with(by identity.Actor, role identity.Role) identity.Actor {
	post := by.Posts[0]
	post.Role = role
	by.Posts = append(slices.Clone(by.Posts), post)
	return by
}

func TestTwoReportsAndTwoReviews(t *testing.T) {
	g := opened(t, "food-permit", Start{Reason: Improved, Why: "流程再造", Twice: true}, keeper)
	g.must(Save, keeper)
	g.must(Submit, keeper)
	g.must(Approve, auditor)
	if g.r.State != Once {
		t.Fatalf("after the first review it is %s", g.r.State)
	}
	g.must(Submit, keeper)
	if code := g.does(Approve, auditor); code != "revisions.approve.part" {
		t.Errorf("the same auditor reviews twice: %q", code)
	}
	g.must(Approve, auditor2)
	if code := g.does(Confirm, auditor2); code != "revisions.confirm.part" {
		t.Errorf("who reviewed last confirms: %q", code)
	}
	if g.r.State != Reviewed || len(g.r.Documents) != 2 {
		t.Errorf("%s, letters %v", g.r.State, g.r.Documents)
	}
}

func TestNothingFaultyIsReported(t *testing.T) {
	g := opened(t, "food-permit", Start{}, keeper)
	text := Clone(g.r.Text)
	text.Materials[0].Basis = nil
	m, err := g.r.save(text, g.r.Version(), rules, keeper, nine)
	if err != nil {
		t.Fatal("a draft may be faulty:", err)
	}
	g.apply(m)
	if code := g.does(Submit, keeper); code != "revisions.submit.check" {
		t.Errorf("%q", code)
	}
}

func TestALowerLevelIsHeldToItsSuperior(t *testing.T) {
	g := opened(t, "elder-subsidy", Start{}, ylKeeper)
	superior := Clone(g.base)
	superior.Materials = superior.Materials[:1]
	g.must(Save, ylKeeper)
	if _, err := g.r.submit(g.base, Held{Superior: superior}, "", g.r.Version(), rules, ylKeeper, nine); fault.Code(err) != "revisions.submit.check" {
		t.Errorf("more materials than the superior: %v", err)
	}
}

func TestAStartIsAskedForItsReason(t *testing.T) {
	base := sample(t, "food-permit")
	today := calendar.DayOf(nine)
	for _, tt := range []struct {
		name  string
		start Start
		code  string
	}{
		{"whole", Start{Reason: LawChanged, Why: "食品安全法修订"}, ""},
		{"no reason", Start{Why: "修订"}, "revisions.open.start"},
		{"no word why", Start{Reason: LawChanged}, "revisions.open.start"},
		{"in force in the past", Start{Reason: LawChanged, Why: "修订", Effective: today - 1}, "revisions.open.start"},
		{"an end without a day", Start{Reason: LawChanged, Why: "取消", Retire: true}, "revisions.open.start"},
		{"an end", Start{Reason: LawChanged, Why: "取消", Retire: true, Effective: today + 30}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, err := begin("r1", tt.start, base, rules, keeper, nine)
			if code := map[bool]string{true: "", false: fault.Code(err)}[err == nil]; code != tt.code {
				t.Fatalf("%q, want %q", code, tt.code)
			}
			if err == nil && tt.start.Retire && (m.text.Retired != today+30 || m.text.Effective != today) {
				t.Errorf("retired %s, effective %s", m.text.Retired, m.text.Effective)
			}
		})
	}
}

func TestButtonsFollowTheTable(t *testing.T) {
	g := opened(t, "food-permit", Start{}, keeper)
	var acts []Act
	for _, m := range g.r.Can(rules, keeper) {
		acts = append(acts, m.Act)
	}
	if !slices.Equal(acts, []Act{Save, Rebase, Submit, Withdraw}) {
		t.Errorf("%v", acts)
	}
	if got := g.r.Can(rules, auditor); len(got) != 0 {
		t.Errorf("an auditor of a draft: %v", got)
	}
}

var update = flag.Bool("update", false, "rewrite the drawing of Life")

// The drawing in doc is made from the table, so it cannot go stale.
func TestLifeIsDrawn(t *testing.T) {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, m := range Life {
		for _, from := range m.From {
			to := m.To
			if to == "" {
				to = from
			}
			fmt.Fprintf(&b, "    %s --> %s: %s（%s）\n", cmp.Or(from.Han(), "[*]"), to.Han(), m.Name, m.Basis)
		}
		if m.Act == Approve {
			fmt.Fprintf(&b, "    %s --> %s: 二报二审的第一次\n", Submitted.Han(), Once.Han())
		}
	}
	const file = "../../../doc/revision-life.mmd"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || b.String() != string(want) {
		t.Errorf("%s does not show Life; run go test -update ./internal/catalogue/revisions (%v)", file, err)
	}
}

// Whatever state a revision is in, it can go on or is at its end.
func TestNoRevisionIsStuck(t *testing.T) {
	for _, s := range States {
		leaves := slices.ContainsFunc(Life, func(m Move) bool { return slices.Contains(m.From, s) && m.To != "" && m.To != s })
		if leaves != s.Open() {
			t.Errorf("%s can be left: %v", s, leaves)
		}
	}
}

func TestAnEditionBeyondTheCalendarIsDoubted(t *testing.T) {
	g := opened(t, "food-permit", Start{}, keeper)
	known := func(year int) bool { return year <= 2026 }
	for effective, want := range map[string]bool{"2026-10-01": false, "2026-12-28": true, "2027-03-01": true} {
		text := Clone(g.base)
		text.Effective = calendar.Parse(effective)
		found := Examine(text, Held{Known: known, Today: calendar.Parse("2026-09-01")})
		if got := slices.ContainsFunc(found, func(f items.Finding) bool { return f.Rule == "revisions.calendar" && f.Path == "effective" }); got != want {
			t.Errorf("in force from %s: doubted %v, want %v", effective, got, want)
		}
	}
	text := Clone(g.base)
	text.Effective, text.Promised, text.Statutory = calendar.Parse("2027-03-01"), clock.Limit{N: 5, Unit: clock.CalendarDays}, clock.Limit{N: 9, Unit: clock.CalendarDays}
	if found := (Held{Known: known}).uncounted(text); found != nil {
		t.Errorf("calendar days need no calendar: %v", found)
	}
}

func TestAResultOfATypeThatNobodyRegisteredIsRefused(t *testing.T) {
	text := Clone(opened(t, "food-permit", Start{}, keeper).base)
	text.Results = []items.Result{{Name: "认养证", Kind: items.Certificate, CertificateType: "认养证"}}
	for name, want := range map[string]bool{"认养证": false, "食品经营许可证": true} {
		found := Examine(text, Held{Types: []string{name}})
		got := slices.ContainsFunc(found, func(f items.Finding) bool {
			return f.Rule == "revisions.certificate" && f.Severity == items.Error && f.Path == "results[0].certificateType"
		})
		if got != want {
			t.Errorf("with %s registered it is refused: %v, want %v", name, got, want)
		}
	}
}
