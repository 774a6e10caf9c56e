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

// Look measures what people look at all day, in a city with a long past.
func (c *City) Look(ctx context.Context, out io.Writer) error {
	var rows struct {
		Items []struct{ ID, Number, Applicant string }
	}
	if _, err := c.ask(ctx, http.MethodGet, "/cases?list=queue&limit=50", c.staff["window1"], "", nil, &rows); err != nil {
		return err
	}
	if len(rows.Items) == 0 {
		return fmt.Errorf("the window has no case to look at")
	}
	one := rows.Items[0]
	fmt.Fprintf(out, "%-44s %9s %9s\n", "look", "p50 ms", "p95 ms")
	for _, l := range []struct{ name, path, login string }{
		{"worklist of the window, 50 rows", "/cases?list=queue&limit=50", "window1"},
		{"cases of an agency, 50 rows", "/cases?list=agency&agency=xz-market&limit=50", "market-r"},
		{"inbox of a post, 50 rows", "/inbox?limit=50", "market-r"},
		{"search by applicant's name, 50 rows", "/cases?list=agency&agency=xz-market&limit=50&name=" + url.QueryEscape(one.Applicant), "market-r"},
		{"case by its number", "/cases/" + one.Number, "window1"},
		{"case page", "/cases/" + one.ID, "window1"},
		{"history of a case", "/cases/" + one.ID + "/history", "window1"},
	} {
		var taken []time.Duration
		for range looks {
			var answer json.RawMessage
			took, err := c.ask(ctx, http.MethodGet, l.path, c.staff[l.login], "", nil, &answer)
			if err != nil {
				return fmt.Errorf("%s: %w", l.name, err)
			}
			taken = append(taken, took)
		}
		a := measured(l.name, taken)
		fmt.Fprintf(out, "%-44s %9.1f %9.1f\n", l.name, ms(a.P50), ms(a.P95))
	}
	return nil
}
