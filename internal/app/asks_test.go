package app_test

import (
	"testing"

	"tongban/internal/ground/spans/spanstest"
)

// What people look at all day asks the database no more than it shows: one question
// for each list of working cases, one for what is on the shelf, one for reminders.
func TestWhatPeopleLookAtAllDayAsksLittle(t *testing.T) {
	c := guarded(t)
	othersCase(t, c.app)
	for login, pages := range map[string]map[string]int{
		"window1":    {"/window": 2, "/window?name=李敏": 2},
		"market-r":   {"/bureau": 2, "/bureau/done": 2, "/bureau/done?q=李敏": 2},
		"supervisor": {"/desk/cases": 2, "/desk/cases?q=李敏": 2},
	} {
		cookie := c.cookie(t, login)
		for path, most := range pages {
			c.get(cookie, path) // what this process keeps is kept now
			collected := spanstest.Collect(t)
			if got := c.get(cookie, path); got.Code != 200 {
				t.Fatal(path, got.Code)
			}
			if asked := questions(collected()); asked == 0 || asked > most {
				t.Errorf("%s asks %d questions, not at most %d", path, asked, most)
			}
		}
	}
}

// questions are the reads in the one request that was traced.
func questions(all []spanstest.Span) (n int) {
	for _, s := range all {
		if s.Name == "read" {
			n++
		}
	}
	return n
}
