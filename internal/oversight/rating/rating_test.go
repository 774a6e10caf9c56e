package rating

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/calendar/calendartest"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

var (
	limin    = identity.Actor{Account: "limin", Name: "李敏", Party: "p-limin", Channel: "mobile"}
	zhangsan = identity.Actor{Account: "zhangsan", Name: "张三", Party: "p-zhangsan"}
	clerk    = identity.Actor{Account: "wf", Name: "王芳", Posts: []identity.Post{{Agency: "zwzx", Role: identity.Window}}}
	monday   = time.Date(2026, 9, 21, 10, 0, 0, 0, calendar.Zone)
	asked    = Invite{Case: "c1", Number: "320300…0001", Party: "p-limin", Name: "李敏", Item: "food-permit", ItemName: "食品经营许可", Agency: "scjg", Region: "320300000000"}
)

func TestWhoMaySayWhat(t *testing.T) {
	first := Rating{Seq: 1, Grade: Good}
	for _, tt := range []struct {
		name    string
		given   Rating
		earlier []Rating
		by      identity.Actor
		code    string // of the fault; empty: taken
		seq     int
	}{
		{"a grade alone is enough", Rating{Grade: Excellent}, nil, limin, "", 1},
		{"tags of the grade", Rating{Grade: Bad, Tags: []string{"209", "214"}}, nil, limin, "", 1},
		{"the one follow-up", Rating{Grade: Fair}, []Rating{first}, limin, "", 2},
		{"a default is nobody's word", Rating{Grade: Fair}, []Rating{{Seq: 0, Grade: Excellent}}, limin, "", 1},
		{"a third time", Rating{Grade: Fair}, []Rating{first, {Seq: 2}}, limin, "rating.rate.twice", 0},
		{"no grade", Rating{}, nil, limin, "rating.rate.check", 0},
		{"a sixth grade", Rating{Grade: 6}, nil, limin, "rating.rate.check", 0},
		{"a tag of another grade", Rating{Grade: Excellent, Tags: []string{"209"}}, nil, limin, "rating.rate.check", 0},
		{"a tag that is none", Rating{Grade: Bad, Tags: []string{"999"}}, nil, limin, "rating.rate.check", 0},
		{"too many words", Rating{Grade: Good, Text: strings.Repeat("好", 501)}, nil, limin, "rating.rate.check", 0},
		{"a mark that turns the reading", Rating{Grade: Good, Text: "好\u202e"}, nil, limin, "rating.rate.check", 0},
		{"somebody else", Rating{Grade: Good}, nil, zhangsan, "rating.rate.yours", 0},
		{"a clerk for the applicant", Rating{Grade: Good}, nil, clerk, "rating.rate.yours", 0},
		{"nobody", Rating{Grade: Good}, nil, identity.Actor{}, "rating.rate.yours", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := asked.Judge(tt.given, tt.earlier, Usual, calendartest.Week{}, tt.by, monday)
			if tt.code != "" {
				if fault.Code(err) != tt.code {
					t.Fatalf("got %v, want %s", err, tt.code)
				}
				return
			}
			if err != nil || r.Seq != tt.seq || r.Case != asked.Case || r.Version != TagVersion {
				t.Fatalf("got %+v, %v", r, err)
			}
		})
	}
}

func TestABadRatingHasDeadlinesAndAGoodOneHasNone(t *testing.T) {
	bad, err := asked.Judge(Rating{Grade: VeryBad}, nil, Usual, calendartest.Week{}, limin, monday)
	if err != nil {
		t.Fatal(err)
	}
	if bad.Contact != calendar.Date(2026, 9, 22) || bad.Rectify != calendar.Date(2026, 10, 12) {
		t.Errorf("to be called by %s and answered by %s", bad.Contact, bad.Rectify)
	}
	if bad.Late(bad.Rectify) || !bad.Late(bad.Rectify+1) {
		t.Error("late begins on the day after")
	}
	bad.Answered = monday
	if bad.Late(bad.Rectify + 1) {
		t.Error("an answered rating is not late")
	}
	good, err := asked.Judge(Rating{Grade: Fair, Rectify: 5, Answer: "想冒充答复"}, nil, Usual, calendartest.Week{}, limin, monday)
	if err != nil || good.Rectify != 0 || good.Contact != 0 || good.Answer != "" {
		t.Errorf("got %+v, %v", good, err)
	}
}

func TestAnAnonymousRatingCarriesNoName(t *testing.T) {
	hidden, err := asked.Judge(Rating{Grade: Bad, Anonymous: true}, nil, Usual, calendartest.Week{}, limin, monday)
	if err != nil || hidden.Name != "" {
		t.Errorf("got %q, %v", hidden.Name, err)
	}
	open, err := asked.Judge(Rating{Grade: Bad}, nil, Usual, calendartest.Week{}, limin, monday)
	if err != nil || open.Name != "李敏" {
		t.Errorf("got %q, %v", open.Name, err)
	}
}

func TestGradesTurnRoundForTheStandardOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.SampledFrom(Grades).Draw(t, "grade")
		if g.National() != int(g) || g.Standard()+g.National() != 6 || g.Han() == "" {
			t.Fatalf("%v is %d and %d", g, g.Standard(), g.National())
		}
	})
}

func TestEveryTagBeginsWithItsGrade(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range Grades {
		list := TagsFor(g)
		if len(list) != 8 {
			t.Errorf("%s has %d tags", g.Han(), len(list))
		}
		for _, tag := range list {
			if tag.Code[0] != byte('0'+g) || seen[tag.Code] || tag.Text == "" {
				t.Errorf("%s: %+v", g.Han(), tag)
			}
			seen[tag.Code] = true
		}
	}
	if got := Said(TagVersion, Bad, []string{"209"}); !slices.Equal(got, []string{"未在承诺时间内办结"}) {
		t.Errorf("209 says %v", got)
	}
}

func TestDefaultsAreNotInAnyRate(t *testing.T) {
	tally := Tally{Excellent: 6, Fair: 2, Bad: 1, VeryBad: 1}
	if tally.Total() != 10 || tally.Praise() != 0.8 {
		t.Errorf("%d ratings, praise %v", tally.Total(), tally.Praise())
	}
	if (Tally{}).Praise() != 1 {
		t.Error("nobody said anything bad")
	}
}
