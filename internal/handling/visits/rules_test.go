package visits

import (
	"strings"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
)

var monday = time.Date(2026, 6, 8, 2, 0, 0, 0, time.UTC)

func reviewer(agency string) identity.Actor {
	return identity.Actor{Account: "u-" + agency, Name: agency, Posts: []identity.Post{{Role: identity.Reviewer, Agency: agency}}}
}

// called is a visit of food and fire for Friday, which food has agreed to.
func called(t *testing.T) *Visit {
	t.Helper()
	v := &Visit{ID: "v", Where: "示例路18号", Day: calendar.Parse("2026-06-12"), Parts: []Part{{Agency: "food", Name: "食品"}, {Agency: "fire", Name: "消防"}},
		Points: []Point{{"p1", "场所", []string{"food", "fire"}}, {"p2", "疏散", []string{"fire"}}}}
	m, err := v.open(reviewer("food"), monday)
	if err != nil {
		t.Fatal(err)
	}
	v = &Visit{}
	v.Apply(m)
	m, err = v.Agree(reviewer("food"), monday)
	if err != nil {
		t.Fatal(err)
	}
	v.Apply(m)
	return v
}

func TestWhoMayConcludeAndWhat(t *testing.T) {
	friday := monday.AddDate(0, 0, 4)
	all := []Finding{{Point: "p1", Meets: true}, {Point: "p2", Meets: true}}
	for _, tt := range []struct {
		name string
		by   string
		at   time.Time
		c    Conclusion
		code string // of the fault, or of its field
	}{
		{"all is well", "fire", friday, Conclusion{Verdict: Pass, Findings: all}, ""},
		{"before the day", "fire", monday, Conclusion{Verdict: Pass, Findings: all}, "visits.conclude.early"},
		{"a department that was not bidden", "water", friday, Conclusion{Verdict: Pass, Findings: all}, "visits.part.authority"},
		{"a point of one's own left out", "fire", friday, Conclusion{Verdict: Pass, Findings: all[:1]}, "meets.p2"},
		{"a point of another's left out", "food", friday, Conclusion{Verdict: Pass, Findings: all[:1]}, ""},
		{"a fault without a word", "fire", friday, Conclusion{Verdict: Mend, Findings: []Finding{all[0], {Point: "p2"}}}, "say.p2"},
		{"a fault that is passed", "fire", friday, Conclusion{Verdict: Pass, Findings: []Finding{all[0], {Point: "p2", Say: "堵了"}}}, "verdict"},
		{"a refusal without a reason", "fire", friday, Conclusion{Verdict: Fail, Findings: all}, "say"},
		{"a picture that does not say where", "fire", friday, Conclusion{Verdict: Pass, Findings: all, Evidence: []cases.Evidence{{File: cases.File{Hash: "h1", Name: "现场.mp4"}, At: friday}}}, "evidence[0].place"},
		{"a film taken later than now", "fire", friday, Conclusion{Verdict: Pass, Findings: all, Evidence: []cases.Evidence{{File: cases.File{Hash: "h1", Name: "现场.mp4"}, Place: "后厨", At: friday.AddDate(0, 0, 1)}}}, "evidence[0].at"},
		{"a film of before anybody planned to go", "fire", friday, Conclusion{Verdict: Pass, Findings: all, Evidence: []cases.Evidence{{File: cases.File{Hash: "h1", Name: "现场.mp4"}, Place: "后厨", At: monday.Add(-time.Minute)}}}, "evidence[0].at"},
		{"pictures handed in the day after, as there was no network", "fire", friday.AddDate(0, 0, 1), Conclusion{Verdict: Pass, Findings: all, Evidence: []cases.Evidence{{File: cases.File{Hash: "h1", Name: "现场.jpg"}, Place: "后厨", At: friday}}}, ""},
		{"a fault told at length", "fire", friday, Conclusion{Verdict: Mend, Findings: []Finding{all[0], {Point: "p2", Say: strings.Repeat("堵", 501)}}}, "say.p2"},
		{"signed by another", "fire", friday, Conclusion{Verdict: Pass, Findings: all, Signed: ink.Signature{Name: "别人"}}, "sign"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.c.Signed.Name == "" {
				tt.c.Signed.Name = tt.by
			}
			_, err := called(t).Conclude(tt.c, reviewer(tt.by), tt.at)
			got := ""
			if err != nil {
				got = fault.Code(err)
			}
			if fields := fault.Fields(err); len(fields) > 0 {
				got = fields[0].Path
			}
			if got != tt.code {
				t.Errorf("it says %q (%v), want %q", got, err, tt.code)
			}
		})
	}
}

// Whoever looks at one point says nothing of those that others look at, and one thing
// of their own.
func TestADepartmentFindsWhatItLooksAt(t *testing.T) {
	v := called(t)
	said := []Finding{{Point: "p1", Meets: true}, {Point: "p1", Say: "堵了"}, {Point: "p2", Say: "不是本部门看的"}, {Point: "p9", Say: "没有这一条"}}
	m, err := v.Conclude(Conclusion{Verdict: Pass, Findings: said, Signed: ink.Signature{Name: "food"}}, reviewer("food"), monday.AddDate(0, 0, 4))
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Parts[0].Findings; len(got) != 1 || got[0] != said[0] {
		t.Errorf("kept are %v", got)
	}
}

func TestWhatTimeBrings(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	v := called(t)
	for _, tt := range []struct {
		name string
		at   time.Time
		act  Act
	}{
		{"four days before: nothing", monday, ""},
		{"the working day before: fire has not answered", monday.AddDate(0, 0, 3), Remind},
		{"again the same day: nothing", monday.AddDate(0, 0, 3), ""},
		{"on the day: nothing", monday.AddDate(0, 0, 4), ""},
		{"the day after: nobody concluded", monday.AddDate(0, 0, 5), Miss},
		{"again: nothing", monday.AddDate(0, 0, 6), ""},
	} {
		m, due := v.Ring(days, tt.at)
		if due != (tt.act != "") || m.Act != tt.act {
			t.Fatalf("%s: %s %v", tt.name, m.Act, m.Parts)
		}
		if due {
			v.Apply(m)
		}
	}
	for _, p := range v.Parts {
		if !p.Absent || p.Verdict != "" {
			t.Errorf("silence became something: %+v", p)
		}
	}
	if v.Result() != "" || !v.Ended.IsZero() {
		t.Error("a visit without conclusions has a result")
	}
	m, err := v.Conclude(Conclusion{Verdict: Pass, Findings: []Finding{{Point: "p1", Meets: true}}, Signed: ink.Signature{Name: "food"}}, reviewer("food"), monday.AddDate(0, 0, 6))
	if err != nil {
		t.Fatal("who was absent may make up for it:", err)
	}
	if v.Apply(m); !v.Ended.IsZero() || len(v.Waits()) != 1 {
		t.Errorf("it waits for %v", v.Waits())
	}
}
