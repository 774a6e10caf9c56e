package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// looks is how often each page is asked for.
const looks = 60

// A look is one thing that people look at all day.
type look struct{ name, path, login string }

// lookers are those who look and do not handle food permits.
var lookers = []string{"limin", "supervisor"}

// Look measures what people look at all day, in a city with a long past, and one
// act on its newest cases.
func (c *City) Look(ctx context.Context, password string, out io.Writer) (found Looked, err error) {
	for _, login := range lookers {
		token, err := c.signIn(ctx, login, password)
		if err != nil {
			return found, err
		}
		c.staff[login] = token
	}
	var rows struct {
		Items []struct{ ID, Number, Applicant string }
	}
	if _, err := c.ask(ctx, http.MethodGet, "/cases?list=queue&limit=50", c.staff["window1"], "", nil, &rows); err != nil {
		return found, err
	}
	if len(rows.Items) == 0 {
		return found, fmt.Errorf("the window has no case to look at")
	}
	one := rows.Items[0]
	fmt.Fprintf(out, "%-44s %9s %9s\n", "look", "p50 ms", "p95 ms")
	for _, l := range []look{
		{"worklist of the window, 50 rows", "/cases?list=queue&limit=50", "window1"},
		{"cases of an agency, 50 rows", "/cases?list=agency&agency=xz-market&limit=50", "market-r"},
		{"inbox of a post, 50 rows", "/inbox?limit=50", "market-r"},
		{"search by applicant's name, 50 rows", "/cases?list=agency&agency=xz-market&limit=50&name=" + url.QueryEscape(one.Applicant), "market-r"},
		{"case by its number", "/cases/" + one.Number, "window1"},
		{"case", "/cases/" + one.ID, "window1"},
		{"history of a case", "/cases/" + one.ID + "/history", "window1"},
		{"a citizen's own cases", "/cases?list=mine&limit=30", "limin"},
		{"open cases a supervisor watches, 50 rows", "/cases?list=watch&limit=50", "supervisor"},
		{"page: worklist of the window", "page:/window", "window1"},
		{"page: case at the window", "page:/window/cases/" + one.ID, "window1"},
		{"page: a bureau's waiting work", "page:/bureau", "market-r"},
		{"page: a bureau's case list", "page:/bureau/done", "market-r"},
		{"page: a citizen's own cases", "page:/my", "limin"},
		{"page: supervision desk", "page:/desk", "supervisor"},
		{"page: all cases of the city", "page:/desk/cases", "supervisor"},
		{"page: figures", "page:/desk/figures", "supervisor"},
		{"page: alarms", "page:/desk/alarms", "supervisor"},
		{"page: open government", "page:/open", "limin"},
	} {
		taken := make([]time.Duration, looks)
		for i := range taken {
			if taken[i], err = c.look(ctx, l); err != nil {
				return found, fmt.Errorf("%s: %w", l.name, err)
			}
		}
		found.slower(tell(out, measured(l.name, taken)))
	}
	if found.Pages, err = c.atOnce(ctx, out, "page: worklist of the window, 50 rows", "/window", c.staff["window1"]); err != nil {
		return found, err
	}
	return found, c.acceptNewest(ctx, out)
}

func tell(out io.Writer, a Act) Act {
	fmt.Fprintf(out, "%-44s %9.1f %9.1f\n", a.Name, ms(a.P50), ms(a.P95))
	return a
}

// Looked is what came of looking.
type Looked struct {
	Slowest Act     // the list or page with the highest P95
	Pages   float64 // worklists a second that a crowd is shown
}

func (l *Looked) slower(a Act) {
	if a.P95 > l.Slowest.P95 {
		l.Slowest = a
	}
}

// look asks once: the interface, or a page as a browser would.
func (c *City) look(ctx context.Context, l look) (time.Duration, error) {
	if path, ok := cutPage(l.path); ok {
		return c.page(ctx, path, c.staff[l.login])
	}
	var answer json.RawMessage
	return c.ask(ctx, http.MethodGet, l.path, c.staff[l.login], "", nil, &answer)
}

// acceptNewest accepts cases that have just come in: one act each.
func (c *City) acceptNewest(ctx context.Context, out io.Writer) error {
	var rows struct{ Items []struct{ ID string } }
	if _, err := c.ask(ctx, http.MethodGet, "/cases?list=queue&state=received&limit=200", c.staff["window1"], "", nil, &rows); err != nil {
		return err
	}
	var taken []time.Duration
	for _, r := range rows.Items {
		var answer json.RawMessage
		took, err := c.ask(ctx, http.MethodPost, "/cases/"+r.ID+"/accept", c.staff["window1"], newKey(), []byte("{}"), &answer)
		if err != nil {
			return fmt.Errorf("accept %s: %w", r.ID, err)
		}
		taken = append(taken, took)
	}
	tell(out, measured(fmt.Sprintf("act: accept one of the newest (%d times)", len(taken)), taken))
	return nil
}
