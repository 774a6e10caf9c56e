package app_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/handling/cases"
)

// A prober asks the interface for whatever its own description says can be asked
// for, at random.
type prober struct {
	*city
	r      *rand.Rand
	api    described
	people []caller
	of     *items.Edition
	file   string // hash of one that was handed in
}

// described is as much of the description of the interface as a prober reads.
type described struct {
	Paths map[string]struct {
		Post *struct {
			Parameters  []struct{ Name string }
			RequestBody struct {
				Content map[string]struct{ Schema schema }
			}
		}
	}
	Components struct{ Schemas map[string]schema }
}

type schema struct {
	Ref        string `json:"$ref"`
	Type       any
	Enum       []any
	Required   []string
	Properties map[string]schema
	Items      *schema
	Format     string
}

// No sequence of acts by those who review and take in can ask for something that
// the frozen edition of the guide does not list, and nothing that is sent again,
// by the same name or from a second tab, is done twice (指南即契约).
func TestNobodyAsksForWhatTheGuideDoesNotList(t *testing.T) {
	rounds := 150
	if os.Getenv("TONGBAN_LONG") != "" {
		rounds = 20_000
	}
	c := openCity(t)
	p := &prober{city: c, r: rand.New(rand.NewPCG(1, 2))}
	text, err := json.Marshal(caller{c, ""}.get("/openapi.json"))
	if err == nil {
		err = json.Unmarshal(text, &p.api)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.begin()
	done := map[string]int{}
	for at := 0; at < rounds || len(done) < 5 && at < 3*rounds; { // what chance picks changes with every new operation
		if at >= rounds/2 && p.of.Number == 1 {
			p.demandMore()
		}
		id := p.people[0].post("/cases", fmt.Sprint("case-", at), c.permit(p.people[0]))["id"].(string)
		for until := at + 15; at < until; at++ {
			if path, ok := p.probe(id, fmt.Sprint("k", at)); ok {
				done[path]++
			}
		}
		p.within(cases.ID(id))
	}
	if done["/cases/{case}/ask-once"] == 0 || done["/cases/{case}/accept"] == 0 || len(done) < 5 {
		t.Errorf("hardly anything was asked for: %v", done)
	}
	t.Log(done)
}

// begin signs everybody in, and reads the guide in force.
func (p *prober) begin() {
	p.people = nil
	for _, login := range []string{"limin", "zhangwei", "window1", "market-r", "market-r2", "fire-r", "market-a", "market-a2", "market-h"} {
		p.people = append(p.people, p.as(login))
	}
	_, file := p.people[0].call("POST", "/files?name=a.pdf", "", "application/octet-stream", []byte("%PDF-1.4\n%%EOF"))
	p.file = file["hash"].(string)
	p.of = p.edition("food-permit")
}

// demandMore puts an edition in force of which the decision rests on a test, and
// whose reviews another agency's comes before (行政许可法第四十三条、第五十五条).
func (p *prober) demandMore() {
	ctx, by := p.t.Context(), identity.Actor{Account: "u-items", Name: "潘春晓", Posts: []identity.Post{{Agency: "xz-gso", Region: p.of.Region, Role: identity.Items}}}
	r, err := p.Revisions.Open(ctx, revisions.Start{Item: p.of.Item, Reason: revisions.LawChanged, Why: "法规变化"}, by)
	if err == nil {
		r, err = p.Revisions.Save(ctx, r.ID, r.Version(), func(e *items.Edition) error {
			steps, err := e.Procedure.Steps()
			first := flow.Step{ID: "lower", Name: "先行审查", Post: "审查岗", Role: identity.Reviewer, Agency: "xz-fire", Standard: "核对材料"}
			e.Procedure = flow.FromSteps("food-permit", e.Name, append([]flow.Step{first}, steps...))
			e.FirstReview.Step, e.FirstReview.AgencyName, e.FirstReview.Remedies = "lower", "徐州市消防救援支队", e.Remedies
			e.Special = append(e.Special, items.Special{Name: "设备检验", Kind: items.Testing, Limit: clock.Limit{N: 10, Unit: clock.WorkingDays}, Technical: true, Basis: e.Special[0].Basis})
			return err
		}, by)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	p.publishes("/desk/revisions/" + string(r.ID))
	if p.begin(); p.of.Number != 2 {
		p.t.Fatalf("edition %d", p.of.Number)
	}
}

// ending are the acts that leave little to ask for afterwards.
var ending = regexp.MustCompile(`later|withdraw|refuse|say-not-needed|terminate|settle`)

// probe makes one act by somebody, and sends it again by the same name; it
// reports whether it was done.
func (p *prober) probe(id, key string) (string, bool) {
	var paths []string
	for path, at := range p.api.Paths {
		if (strings.HasPrefix(path, "/cases/{case}/") || strings.HasPrefix(path, "/hearing-demands")) && at.Post != nil && !ending.MatchString(path) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	path := paths[p.r.IntN(len(paths))]
	if p.r.IntN(2) == 0 {
		path = "/cases/{case}/" + []string{"ask-once", "ask-once", "correct", "accept"}[p.r.IntN(4)]
	}
	asked := p.value("", p.api.Paths[path].Post.RequestBody.Content["application/json"].Schema)
	if strings.HasSuffix(path, "/correct") { // all that could be asked for, for less would be refused
		asked = map[string]any{"materials": p.all()}
	}
	c := p.stands(id)
	if o, ok := asked.(map[string]any); ok && o["case"] != nil {
		o["case"] = c.Number
	}
	body, err := json.Marshal(asked)
	if err != nil {
		p.t.Fatal(err)
	}
	work, other := "w9", "o9"
	if open := c.Flow.Open; len(open) > 0 {
		work = open[p.r.IntN(len(open))].ID
	}
	if h := c.Hearing; h != nil && len(h.Others) > 0 {
		other = h.Others[0].ID
	}
	to := strings.NewReplacer("{case}", id, "{other}", other, "{work}", work, "{special}", "s1", "{kind}", "correction", "{seq}", "2").Replace(path)
	for _, i := range p.r.Perm(len(p.people)) {
		u := p.people[i]
		status, v := u.call("POST", to, key, "application/json", body)
		switch {
		case status == http.StatusForbidden || status == http.StatusNotFound:
			continue // somebody else may
		case status >= 500:
			p.t.Fatalf("POST %s %s: %d %v", to, body, status, v)
		case status >= 300:
			return path, false
		}
		after := p.stands(id).Head.Seq
		if again, _ := u.call("POST", to, key, "application/json", body); again >= 300 && p.named(path) || p.stands(id).Head.Seq != after {
			p.t.Fatalf("POST %s sent again by the same name: %d, after %d facts %d", to, again, after, p.stands(id).Head.Seq)
		}
		if p.r.IntN(2) == 0 { // the other tab, which has not seen it: judged anew, and within the bounds of what p.within holds
			u.call("POST", to, key+"b", "application/json", body)
		}
		return path, true
	}
	return path, false
}

// named reports whether a request for the act may bear a name: sent again, it is
// answered as before, and not merely refused.
func (p *prober) named(path string) bool {
	return slices.ContainsFunc(p.api.Paths[path].Post.Parameters, func(h struct{ Name string }) bool { return h.Name == "Idempotency-Key" })
}

// all are all materials of the guide, each with a file.
func (p *prober) all() (list []map[string]any) {
	for _, m := range p.of.Materials {
		list = append(list, map[string]any{"material": m.ID, "files": []map[string]any{{"hash": p.file, "name": "a.pdf"}}})
	}
	return list
}

func (p *prober) stands(id string) *cases.Case {
	c, err := p.Cases.Case(p.t.Context(), cases.ID(id), identity.TheSystem)
	if err != nil {
		p.t.Fatal(err)
	}
	return c
}

// value is something that a schema lets pass, right or wrong.
func (p *prober) value(name string, s schema) any {
	if s.Ref != "" {
		s = p.api.Components.Schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]]
	}
	kind := fmt.Sprint(s.Type)
	switch {
	case len(s.Enum) > 0:
		return s.Enum[p.r.IntN(len(s.Enum))]
	case strings.Contains(kind, "object"):
		o := map[string]any{}
		for _, of := range slices.Sorted(maps.Keys(s.Properties)) {
			one := s.Properties[of]
			if of != "$schema" && (slices.Contains(s.Required, of) || slices.Contains([]string{"material", "condition", "say", "files"}, of) || p.r.IntN(3) == 0) {
				o[of] = p.value(of, one)
			}
		}
		if o["material"] != nil && o["condition"] != nil {
			delete(o, []string{"material", "condition"}[p.r.IntN(2)])
		}
		return o
	case strings.Contains(kind, "array") && s.Items != nil:
		list := []any{}
		for range 1 + p.r.IntN(2) {
			list = append(list, p.value(name, *s.Items))
		}
		return list
	case strings.Contains(kind, "boolean"):
		return p.r.IntN(2) == 0
	case strings.Contains(kind, "integer"), strings.Contains(kind, "number"):
		return p.r.IntN(3)
	}
	return p.word(name, s)
}

// word is a text as such a field may hold: what the guide lists, what it lists
// elsewhere, and what no guide lists.
func (p *prober) word(name string, s schema) string {
	pool := []string{"请说明", "同意"}
	switch {
	case name == "material" || name == "materials":
		pool = []string{"无犯罪记录证明", "c1", "", "m99"}
		for _, m := range p.of.Materials {
			pool = append(pool, m.ID, m.ID)
		}
	case name == "condition":
		pool = []string{"m1", "另有经验三年", ""}
		for _, k := range p.of.Conditions {
			pool = append(pool, k.ID)
		}
	case name == "to":
		pool = []string{"u-market-r", "u-market-r2", "u-market-a", "u-fire-r", "选址审查"}
	case name == "field" || name == "change":
		pool = []string{"没有这个字段", p.of.Form.Groups[0].Fields[0].ID}
	case name == "hash":
		return p.file
	case name == "name":
		pool = []string{"现场核查", "设备检验", "专家评审", "听证", "a.pdf"}
	case s.Format == "date-time":
		return p.now.AddDate(0, 0, 29).In(calendar.Zone).Format(time.RFC3339)
	case s.Format == "date" || name == "by" || name == "until" || name == "on":
		return (calendar.DayOf(p.now) + []calendar.Day{1, 7, 71}[p.r.IntN(3)]).String()
	}
	return pool[p.r.IntN(len(pool))]
}

// within holds every fact of a case to its guide, and every paper to its cause.
func (p *prober) within(id cases.ID) {
	list, err := p.Cases.History(p.t.Context(), id, identity.TheSystem)
	if err != nil {
		p.t.Fatal(err)
	}
	given := map[cases.PaperKind]int{}
	for _, e := range list {
		if say := beyond(p.of, e.Moved); say != "" {
			p.t.Errorf("%s by %s: %s", e.Act, e.By.Name, say)
		}
		if e.Act != cases.AskOnce && e.Act != cases.Correct {
			given[e.Paper]++
		}
	}
	for _, kind := range []cases.PaperKind{cases.AcceptanceNotice, cases.DecisionPaper, cases.RefusalNotice, cases.NotNeededNotice, cases.TerminationNotice, cases.ExtensionNotice} {
		if given[kind] > 1 {
			p.t.Errorf("%s was given %d times", kind, given[kind])
		}
	}
}

// beyond says what a fact asks for that the guide does not list.
func beyond(e *items.Edition, m cases.Moved) string {
	material := func(id string) bool { _, listed := e.Material(id); return listed }
	if m.Notice != nil {
		for _, d := range m.Notice.Items {
			field := d.Field != "" && e.Form.With(e.Questions).Field(d.Field) != nil
			if !material(d.Material) && !field && !slices.ContainsFunc(e.Conditions, func(k items.Condition) bool { return k.ID == d.Condition }) {
				return "asks for " + d.Material + d.Condition + d.Field
			}
		}
	}
	for _, v := range m.Verdicts {
		if !material(v.Material) {
			return "judges " + v.Material
		}
	}
	for _, one := range append(m.Promises, m.Offers...) {
		if a, listed := e.Material(one.Material); !listed || !a.MayFollow() {
			return "has " + one.Material + " promised"
		}
	}
	for _, h := range m.Materials {
		if !material(h.Material) {
			return "takes in " + h.Material
		}
	}
	if s := m.Special; s != nil && s.Kind != "听证" && !slices.ContainsFunc(e.Special, func(l items.Special) bool { return l.Name == s.Kind }) {
		return "stops the clock for " + s.Kind
	}
	return ""
}
