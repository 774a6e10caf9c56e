// Package stories runs the .story files: what people do, in the order they do
// it, through the whole program, on every database. A story is written so that
// someone who knows the work and not the code can read it and say it is wrong.
//
// Each line is one sentence; steps.go lists the sentences there are. A line
// that begins with ！ says what the refusal before it must read; a line that
// begins with ＝ says how a case must stand.
package stories

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

func TestStories(t *testing.T) {
	files, err := filepath.Glob("*.story")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(file, ".story"), func(t *testing.T) {
			apptest.Each(t, apptest.Name, dawn, func(t *testing.T, s app.Settings) { tell(t, openCity(t, s), file) })
		})
	}
}

// city is the sample city with a clock that stories set.
type city struct {
	*app.App
	now time.Time
}

func TestMain(m *testing.M) { apptest.Main(m) }

// dawn is when the sample city was furnished, and every story begins.
var dawn = calendar.Parse("2026-01-05").Start().Add(9 * time.Hour)

// openCity opens a story's own copy of the city.
func openCity(t *testing.T, s app.Settings) *city {
	t.Helper()
	c := &city{now: dawn}
	s.Address, s.Now = "http://example.test", func() time.Time { return c.now }
	c.App = apptest.Start(t, s)
	return c
}

// teller is one telling of one story.
type teller struct {
	*city
	t         *testing.T
	line      string
	err       error               // of the last thing done, until a line answers for it
	cases     map[string]cases.ID // by the name the story gives them
	revisions map[string]revisions.ID
	tickets   map[string]string // tickets and appointments
	drafts    map[string]string
	matters   map[string]string // joint cases

	seats  map[string]identity.Actor // who is signed in, with their session
	padKey string                    // of the second screen
	paper  string                    // that lies on it
	slip   string                    // of originals, the last that was made
	codes  []string                  // on the papers that were printed
}

func tell(t *testing.T, c *city, file string) {
	s := &teller{city: c, t: t, cases: map[string]cases.ID{}, revisions: map[string]revisions.ID{}, tickets: map[string]string{}, drafts: map[string]string{}, matters: map[string]string{}}
	text, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer text.Close()
	cited := false
	for n, lines := 1, bufio.NewScanner(text); lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		cited = cited || strings.HasPrefix(line, "# 依据：")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		s.line = fmt.Sprintf("%s:%d: %s", file, n, line)
		if s.err != nil && !strings.HasPrefix(line, "！") {
			t.Fatalf("%s\nbefore this, nobody expected: %v %v", s.line, s.err, fault.Fields(s.err))
		}
		s.say(line)
		s.deliver()
	}
	if s.err != nil {
		t.Fatalf("%s: %v %v", s.line, s.err, fault.Fields(s.err))
	}
	if !cited {
		t.Errorf("%s does not say on what it rests (# 依据：…)", file)
	}
	s.audit()
}

// audit finds, at the end of every story, each case and each review by experts
// to be what its facts say.
func (s *teller) audit() {
	_, err := s.Cases.Audit(s.t.Context(), func(_ int, d *cases.Difference) {
		if d != nil {
			s.t.Error(d)
		}
	})
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.Experts.Audit(s.t.Context(), func(say string) { s.t.Error(say) }); err != nil {
		s.t.Fatal(err)
	}
}

// say does what the line says.
func (s *teller) say(line string) {
	for _, step := range slices.Concat(quantitySteps, testerSteps, firstReviewSteps, companySteps, counterSteps, hearingSteps, announcedSteps, stakeSteps, amendSteps, creditPathSteps, visitSteps, projectSteps, laterSteps, licenceSteps, jointSteps, elsewhereSteps, queueSteps, aidSteps, revisionSteps, wordSteps, automaticSteps, handSteps, steps) {
		if words := step.pattern.FindStringSubmatch(line); words != nil {
			s.err = step.do(s, words[1:])
			return
		}
	}
	s.t.Fatalf("%s\nno such sentence; see steps_test.go", s.line)
}

// deliver carries all the news there is, and the news that comes of it.
func (s *teller) deliver() {
	if err := s.Post.DeliverAll(s.t.Context()); err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
}

// expected compares what is with what the line says.
func (s *teller) expected(got, want string) {
	if got != want {
		s.t.Fatalf("%s\nbut it is: %s", s.line, got)
	}
}
