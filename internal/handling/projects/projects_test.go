package projects

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

func sample(t *testing.T) []Type {
	t.Helper()
	text, err := data.Sample.ReadFile("sample/projects.yaml")
	if err != nil {
		t.Fatal(err)
	}
	types, odd, err := Read(text)
	if err != nil || len(odd) > 0 {
		t.Fatal(err, odd)
	}
	return types
}

func TestTheSampleFlowsAreUnderstood(t *testing.T) {
	types := sample(t)
	if len(types) != 4 || len(types[0].Stages) != 5 || len(types[3].Stages) != 4 {
		t.Fatalf("%d types, %d and %d stages", len(types), len(types[0].Stages), len(types[3].Stages))
	}
	for _, typ := range types {
		if found := typ.Time(nil).Findings; len(found) > 0 {
			t.Errorf("%s: %v", typ.Name, found)
		}
	}
}

// Flows come as cities write them: limits in several ways, a stage that is none,
// bare numbers without a unit.
func TestAReaderNamesWhatItDoesNotUnderstand(t *testing.T) {
	text := `
kind: 工程建设项目四阶段
schemes:
- region: 某市
  date: '2019-09-23'
  document: 某府函〔2019〕55号
  total: 90个工作日
  stages:
  - {name: 立项用地规划许可, limit: 20}
  - {name: 工程建设许可, limit: 30天}
  - {name: 施工许可, limit: 即办}
  - {name: 项目施工, limit: 60}
  - {name: 竣工验收许可, limit: 15个工作日}
  item_count: 24
  color: red
constraints:
- {item: 人防工程报建, before: 建设工程规划许可证, source: 湖南办事指南}
`
	types, odd, err := Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if got := types[0].Total; got != (clock.Limit{N: 90, Unit: clock.WorkingDays}) {
		t.Errorf("total %v", got)
	}
	if s, _ := types[0].Stage(4); s.Limit != (clock.Limit{N: 15, Unit: clock.WorkingDays}) {
		t.Errorf("stage 4: %v", s.Limit)
	}
	if s, _ := types[0].Stage(3); !s.Limit.Immediate() {
		t.Errorf("stage 3: %v", s.Limit)
	}
	var paths []string
	for _, f := range odd {
		paths = append(paths, f.Path)
	}
	want := []string{"schemes[0].stages[0].limit", "schemes[0].stages[1].limit", "schemes[0].stages[3].name", "schemes[0].item_count", "schemes[0].color", "constraints[0]"}
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Error(diff)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("schemes:\n- {name: 甲, total: 3天, stages: [{name: 施工许可, items: [{item: a}]}]}\nconstraints: [{item: a, before: b}]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, _, err := Read(text); err != nil && fault.Of(err) != fault.Invalid {
			t.Error(err)
		}
	})
}

func factory(t *testing.T) *Project {
	return &Project{ID: "p", Type: sample(t)[0], Region: "320300000000", Applicant: cases.Applicant{Party: "f", Org: true}, Answers: forms.Answers{"特殊建设工程": "是", "有地下室": "否", "自备取水": "否", "迁移古树": "否"}}
}

func TestAStageWaitsForWhatMustComeBefore(t *testing.T) {
	p := factory(t)
	course := p.Course(nil, nil, 0)
	for i, want := range []Where{Ready, Blocked, Blocked, Blocked, Done} {
		if course[i].Where != want {
			t.Errorf("%s is %s, not %s: %v", course[i].Name, course[i].Where, want, course[i].Blocks)
		}
	}
	if got, want := course[1].Blocks, "建设工程规划许可证核发：要先办好“建设用地规划许可证核发”（先用地后规划）"; len(got) != 1 || got[0] != want {
		t.Errorf("it says %q", got)
	}
	got := []Got{{Item: "project-filing", Where: Done}, {Item: "land-planning", Where: Failed, Say: "缺控规"}}
	if course = p.Course(got, nil, 0); course[0].Where != Stuck || !strings.Contains(course[0].Blocks[0], "缺控规") {
		t.Errorf("a stage with a failed item is %s: %v", course[0].Where, course[0].Blocks)
	}
	p.Meetings = []Meeting{{ID: "v", Kind: Visit, Stage: 1}}
	if course = p.Course(nil, nil, 0); course[0].Where != Ready || !course[0].Open() || course[1].Open() {
		t.Errorf("a visit that was called keeps nobody from applying: %s", course[0].Where)
	}
	got = append(got, Got{Item: "land-planning", Where: Done})
	if course = p.Course(got, nil, 0); course[0].Where != Done || course[1].Where != Ready {
		t.Errorf("tried again and done: %s, then %s", course[0].Where, course[1].Where)
	}
}

func TestDrawingsAreReviewedTogether(t *testing.T) {
	at := time.Date(2026, 6, 1, 2, 0, 0, 0, time.UTC)
	day := calendar.DayOf(at)
	p := factory(t)
	of := func(agency string) identity.Actor {
		return identity.Actor{Account: agency, Name: agency, Posts: []identity.Post{{Agency: agency, Role: identity.Reviewer, Region: "320300000000"}}}
	}
	do := func(m Moved, err error) string {
		if err == nil {
			p.Apply(m)
		}
		return codeOf(err)
	}
	for _, step := range []struct {
		name, got, want string
	}{
		{"a stranger calls nobody", do(p.Call("m", Drawings, 3, day, "", of("xz-market"), at)), "projects.convene.authority"},
		{"a stage has no other gatherings", do(p.Call("m", Visit, 3, day, "", of("xz-housing"), at)), "projects.convene.kind"},
		{"yesterday is over", do(p.Call("m", Drawings, 3, day-1, "", of("xz-housing"), at)), "projects.convene.day"},
		{"who goes on site has a day to prepare", do(p.Call("m", Acceptance, 4, day, "现场", of("xz-housing"), at)), "projects.convene.day"},
		{"and is told where", do(p.Call("m", Acceptance, 4, day+1, " ", of("xz-housing"), at)), "projects.convene.where"},
		{"the lead calls", do(p.Call("m", Drawings, 3, day, "", of("xz-housing"), at)), ""},
		{"one at a time", do(p.Call("n", Drawings, 3, day, "", of("xz-housing"), at)), "projects.convene.open"},
		{"who was not bidden has no say", do(p.Say("m", Agree, "", of("xz-market"), at)), "projects.opine.authority"},
		{"a condition is said", do(p.Say("m", Conditional, " ", of("xz-housing"), at)), "projects.opine.say"},
		{"it counts", do(p.Say("m", Object, "疏散楼梯不足", of("xz-housing"), at)), ""},
		{"once", do(p.Say("m", Agree, "", of("xz-housing"), at)), "projects.opine.twice"},
		{"silence is not consent", do(p.End("m", of("xz-housing"), at)), "projects.conclude.waits"},
		{"the other speaks", do(p.Say("m", Conditional, "疏散楼梯不足", of("xz-land"), at)), ""},
		{"the opinions become one", do(p.End("m", of("xz-housing"), at)), ""},
		{"which stands", do(p.Say("m", Agree, "", of("xz-land"), at)), "projects.opine.ended"},
	} {
		if step.got != step.want {
			t.Errorf("%s: %q, not %q", step.name, step.got, step.want)
		}
	}
	if m := p.Meetings[0]; m.Result != Mend || m.Merged != "疏散楼梯不足（市住房城乡建设局（消防、人防）、市自然资源和规划局）" {
		t.Errorf("%s %s", m.Result, m.Merged)
	}
	if s := p.Course(nil, nil, 0)[2]; s.Where != Stuck {
		t.Errorf("a stage whose drawings must be mended is %s", s.Where)
	}
}

func TestServicesRequestsAndStewards(t *testing.T) {
	at := time.Date(2026, 6, 1, 2, 0, 0, 0, time.UTC)
	p := factory(t)
	unit := identity.Actor{Account: "u", Name: "甲", Party: "f"}
	post := func(account string, role identity.Role, agency string) identity.Actor {
		return identity.Actor{Account: account, Name: account, Posts: []identity.Post{{Agency: agency, Role: role, Region: "320300000000"}}}
	}
	window, other, boss, water := post("w", identity.Window, "xz-centre"), post("w2", identity.Window, "xz-centre"), post("s", identity.Supervisor, "xz-gso"), post("water", identity.Reviewer, "xz-water")
	do := func(m Moved, err error) string {
		if err == nil {
			p.Apply(m)
		}
		return codeOf(err)
	}
	days := clock.Days(nil)
	if text, err := calendar.Load(data.Calendars); err == nil {
		days = text
	}
	for _, step := range []struct {
		name, got, want string
	}{
		{"a bureau is no steward", do(p.TakeOn(water, "", boss, at)), "projects.steward.post"},
		{"a window takes a project on", do(p.TakeOn(window, "", window, at)), ""},
		{"another cannot take it away", do(p.TakeOn(other, "更熟", other, at)), "projects.steward.authority"},
		{"a supervisor says why", do(p.TakeOn(other, " ", boss, at)), "projects.reason"},
		{"and then can", do(p.TakeOn(other, "调离窗口", boss, at)), ""},
		{"the one before is told, and says so", do(p.Hear(window, at)), ""},
		{"once", do(p.Hear(window, at)), "projects.hear.none"},
		{"it concerns nobody else", do(p.Hear(boss, at)), "projects.hear.none"},
		{"the unit asks for water", do(p.Serve("water", Asked, "", unit, at)), ""},
		{"and does not close it", do(p.Serve("water", Working, "", unit, at)), "projects.serve.authority"},
		{"nobody skips a step", do(p.Serve("water", Served, "", water, at)), "projects.serve.state"},
		{"the water bureau takes it on", do(p.Serve("water", Working, "", water, at)), ""},
		{"the steward writes down the power company", do(p.Serve("power", Asked, "", other, at)), ""},
		{"who was the steward does not", do(p.Serve("gas", Asked, "", window, at)), "projects.serve.authority"},
		{"a window makes no project major", do(p.MarkMajor("省重大项目清单", window, at)), "projects.mark.authority"},
		{"a supervisor does, with the reason", do(p.MarkMajor("", boss, at)), "projects.why"},
		{"so", do(p.MarkMajor("省重大项目清单", boss, at)), ""},
		{"a stranger asks for nothing", do(p.Request("r", "路口", "xz-water", days, water, at)), "projects.ask.authority"},
		{"the unit asks", do(p.Request("r", "取水口要提前定", "xz-water", days, unit, at)), ""},
		{"it does not answer itself", do(p.Reply("r", "好", unit, at)), "projects.answer.authority"},
		{"the bureau answers", do(p.Reply("r", "周五现场定", water, at)), ""},
		{"once", do(p.Reply("r", "改期", water, at)), "projects.answer.twice"},
	} {
		if step.got != step.want {
			t.Errorf("%s: %q, not %q", step.name, step.got, step.want)
		}
	}
	if p.Requests[0].Due != calendar.Parse("2026-06-04") || p.Asking() != 0 {
		t.Errorf("due %s, asking %s", p.Requests[0].Due, p.Asking())
	}
}

// Whatever came of its items: no stage is done while one that it must have is
// open, and the parallel stage makes no difference to the four.
func TestNoStageIsDoneWithAnOpenItemAndTheFifthHoldsUpNothing(t *testing.T) {
	types := sample(t)
	rapid.Check(t, func(t *rapid.T) {
		p := &Project{Type: types[rapid.IntRange(0, len(types)-1).Draw(t, "type")], Answers: forms.Answers{}}
		for _, q := range p.Type.Questions {
			p.Answers[q.ID] = rapid.SampledFrom([]string{"是", "否"}).Draw(t, q.ID)
		}
		var got, beside []Got
		for _, s := range p.Type.Stages {
			for _, e := range s.Items {
				if w := rapid.SampledFrom([]Where{"", Running, Lacking, Failed, Done}).Draw(t, e.Name); w == "" {
				} else if s.No == Parallel {
					beside = append(beside, Got{Item: e.Item, Where: w})
				} else {
					got = append(got, Got{Item: e.Item, Where: w})
				}
			}
			for _, g := range s.Gathering {
				if r := rapid.SampledFrom([]string{"-", "", Pass, Mend}).Draw(t, g.Kind); r != "-" {
					p.Meetings = append(p.Meetings, Meeting{ID: "m", Kind: g.Kind, Stage: s.No, Result: r})
				}
			}
		}
		without, with := p.Course(got, nil, 0), p.Course(append(got, beside...), nil, 0)
		for i, s := range with {
			for _, l := range s.Lines {
				if s.Where == Done && !l.Optional && l.Where != Done && l.Where != Skipped {
					t.Fatalf("%s is done, but %s is %s", s.Name, l.Name, l.Where)
				}
			}
			for _, h := range s.Held {
				if s.Where == Done && h.Must && h.Where != Done {
					t.Fatalf("%s is done without %s", s.Name, h.Kind)
				}
			}
			if s.No != Parallel && (s.Where != without[i].Where || cmp.Diff(s.Blocks, without[i].Blocks) != "") {
				t.Fatalf("the parallel stage changed %s from %s to %s", s.Name, without[i].Where, s.Where)
			}
		}
	})
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.Code(err)
}
