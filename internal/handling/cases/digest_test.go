package cases_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// untold are the fields that number things and that no rule compares.
var untold = []string{"asker", "approver", "handler", "id", "key", "pause", "seq", "next", "work", "wait", "urged", "region", "answers", "involved", "data", "words", "special", "unseen"}

// digest tells states of a case apart by what may still come: all that is on
// file, without numbers that only grow, with times only as past or to come, and
// with lists as sets, so that doing the same thing again leads nowhere new.
func digest(t testing.TB, c *cases.Case, now time.Time) string {
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var all any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	fresh := ""
	for _, h := range c.Materials { // what came after the latest notice may be asked for again
		fresh += fmt.Sprint(c.Renewed(h.Material))
	}
	one := plain(all, now) + fresh
	return min(one, twins.Replace(one))
}

// twins are two who may do the same: a state is the same with one in the place
// of the other.
var twins = strings.NewReplacer("zhaogang", "hejing", "赵刚", "何静", "hejing", "zhaogang", "何静", "赵刚")

func plain(v any, now time.Time) string {
	switch v := v.(type) {
	case map[string]any:
		var all []string
		for name, one := range v {
			if _, seq := one.(float64); !slices.Contains(untold, name) && !(seq && name == "at") {
				all = append(all, name+":"+plain(one, now))
			}
		}
		slices.Sort(all)
		return "{" + strings.Join(all, " ") + "}"
	case []any:
		var all []string
		for _, one := range v {
			all = append(all, plain(one, now))
		}
		slices.Sort(all)
		return "[" + strings.Join(slices.Compact(all), " ") + "]"
	case string:
		if len(v) >= 10 && v[4] == '-' && v[7] == '-' && v[0] == '2' {
			return fmt.Sprint("past ", v[:10] < calendar.DayOf(now).String())
		}
		return v
	case float64:
		if v > 1e11 {
			return fmt.Sprint("past ", int64(v) <= now.UnixMilli())
		}
		return fmt.Sprint(min(v, 1000))
	}
	return fmt.Sprint(v)
}
