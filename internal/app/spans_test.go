package app_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"tongban/internal/ground/spans/spanstest"
)

// Traces show requests, acts, queries, queues and leases, each in the one that it
// belongs to, and nothing of anybody.
func TestTracesShowWhereTheTimeWent(t *testing.T) {
	c := guarded(t)
	citizen := c.cookie(t, "limin")
	collected := spanstest.Collect(t)
	if mine := c.get(citizen, "/my"); mine.Code != 200 {
		t.Fatal(mine.Code)
	}
	c.get(nil, "/search?q="+url.QueryEscape("李敏 320399199001011234"))
	if filed := othersCase(t, c.app); filed["number"] == "" {
		t.Fatal(filed)
	}
	if _, err := c.app.DB.Lease(t.Context(), "app.test", time.Minute, c.app.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.app.Post.Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := collected()
	names, byID := map[string]int{}, map[string]spanstest.Span{}
	for _, s := range all {
		names[s.Name]++
		byID[s.ID] = s
	}
	for _, want := range []string{"GET /my", "act submit", "read", "write", "lease", "deliver news"} {
		if names[want] == 0 {
			t.Errorf("no span %q among %v", want, names)
		}
	}
	inside := map[string]bool{}
	for _, s := range all {
		inside[s.Name+" in "+byID[s.Parent].Name] = true
	}
	for _, want := range []string{"read in GET /my", "write in act submit", "write in lease", "write in deliver news"} {
		if !inside[want] {
			t.Errorf("no %s: %v", want, inside)
		}
	}
	if said := fmt.Sprint(all); strings.Contains(said, "320399") || strings.Contains(said, "李敏") || strings.Contains(said, "孙悦") {
		t.Error("a trace tells of somebody")
	}
}
