package stories

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"tongban/internal/app/apptest"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
)

// Whatever becomes of a matter, in whatever order: an item retired while it is
// filled in or waited for, a department that refuses, a denied predecessor, a
// part or the whole withdrawn, wrong and contradictory answers, news late or told
// twice. Every case belongs to its matter and to one part, every part ends or can
// be worked on by somebody, and the matter ends when all its parts have
// (苏协调小组〔2021〕1号 二：部门协同、整体性再造).
func TestNoPartOfAMatterIsAnOrphan(t *testing.T) {
	seeds, acts := 1, 80
	if os.Getenv("TONGBAN_LONG") != "" {
		seeds, acts = 20, 150
	}
	did := map[string]int{}
	for seed := range seeds {
		s := &teller{city: openCity(t, apptest.Of(t, apptest.Name, dawn)), t: t, cases: map[string]cases.ID{}, drafts: map[string]string{}, matters: map[string]string{}}
		w := &wanton{teller: s, r: rand.New(rand.NewPCG(uint64(seed), 7)), did: map[string]int{}}
		s.line = fmt.Sprint("seed ", seed)
		w.matters()
		for range acts {
			w.act()
			if w.r.IntN(3) > 0 { // or the news comes later
				s.deliver()
				w.whole()
			}
		}
		w.drain()
		for act, n := range w.did {
			did[act] += n
		}
	}
	t.Log(did)
	for _, must := range []string{"accept", "grant", "deny", "withdraw"} {
		if did[must] == 0 {
			t.Errorf("nothing was done to %s: %v", must, did)
		}
	}
}

// A wanton does to matters what comes to mind.
type wanton struct {
	*teller
	r   *rand.Rand
	did map[string]int
}

const (
	birth    = "李敏 填写 %s 新生儿出生一件事 情形 办社保卡=是 报销生育费用=是 登记父亲信息=否 父母已婚=是 随谁落户=随父亲 邮寄户口簿=否"
	marriage = "李敏 填写 %s 结婚一件事 情形 迁户口=是 准备生育=是"
)

// matters hands in four of them.
func (w *wanton) matters() {
	w.now = calendar.Parse("2026-06-08").Start().Add(36e12)
	for i, fill := range []string{birth, marriage, birth, marriage} {
		name := string(rune('甲' + i))
		w.say(fmt.Sprintf(fill, name))
		w.must()
		w.say("李敏 提交 " + name)
		w.must()
	}
	w.deliver()
}

func (w *wanton) must() {
	if w.err != nil {
		w.t.Fatalf("%s: %v %v", w.line, w.err, fault.Fields(w.err))
	}
}

// any is one of the matters and one of its parts.
func (w *wanton) any() (*joint.Joint, joint.Part) {
	names := []string{}
	for name := range w.teller.matters {
		names = append(names, name)
	}
	slices.Sort(names)
	j := w.matter(names[w.r.IntN(len(names))])
	return j, j.Parts[w.r.IntN(len(j.Parts))]
}

// act does one thing, which may be refused in a way that we foresaw.
func (w *wanton) act() {
	ctx, window, limin := w.t.Context(), w.person("window1"), w.person("李敏")
	j, p := w.any()
	for range 3 { // rather one of which something may come
		if !p.State.Open() {
			j, p = w.any()
		}
	}
	w.cases["x"] = p.Case
	acts := map[string]func() error{
		"accept": func() error { _, err := w.Joint.Accept(ctx, j.ID, window); return err },
		"refuse": func() error {
			_, err := w.Cases.Refuse(ctx, p.Case, "户口不在本区", "户籍所在地公安机关", window)
			return err
		},
		"end": func() error {
			_, err := w.Cases.Terminate(ctx, p.Case, cases.Ending{Ground: cases.Uncorrected}, window)
			return err
		},
		"notify": func() error {
			_, err := w.Joint.Notify(ctx, j.ID, w.missing(p), calendar.DayOf(w.now)+10, window)
			return err
		},
		"correct": func() error { return w.correct(p) },
		"grant":   func() error { return w.review(p, cases.Ruling{Grant: true}) },
		"deny": func() error {
			return w.review(p, cases.Ruling{Reason: "身份核对不一致", Basis: "母婴保健法第二十三条"})
		},
		"withdraw": func() error {
			item := p.Item
			switch w.r.IntN(6) {
			case 0:
				item = ""
			case 1, 2, 3:
				return nil
			}
			_, err := w.Joint.Withdraw(ctx, j.ID, item, "不办了", limin)
			return err
		},
		"go around": func() error { _, err := w.Cases.Withdraw(ctx, p.Case, "不办了", limin); return err },
		"supply":    func() error { return w.supply(j, p) },
		"retire": func() error {
			if w.r.IntN(4) > 0 || p.State != joint.Waiting || w.did["retire "+p.Title] > 0 {
				return nil
			}
			w.did["retire "+p.Title]++
			return retire(w.teller, []string{"items", p.Title})
		},
		"hear again": func() error {
			return w.Joint.CaseMoved(ctx, cases.Moved{Case: p.Case, Act: cases.Decide, From: cases.Accepted, To: cases.Granted}, nil)
		},
	}
	names := []string{"accept", "accept", "grant", "grant", "grant", "notify", "correct", "supply", "refuse", "end", "deny", "withdraw", "go around", "retire", "hear again"}
	act := names[w.r.IntN(len(names))]
	switch err := acts[act](); {
	case fault.Of(err) == fault.Internal && err != nil:
		w.t.Fatalf("%s %s of %s: not foreseen: %v", act, p.Title, j.Number, err)
	case err == nil:
		w.did[act]++
		w.line += " → " + act + " " + p.Title
	}
}

// review has a case go through, if it is accepted.
func (w *wanton) review(p joint.Part, r cases.Ruling) error {
	if p.Case == "" || w.find("x").State != cases.Accepted {
		return fault.New(fault.Conflict, "stories.review", "没有可办的工作")
	}
	return w.through("x", r)
}

// missing is what a notice asks for: the first material of the part.
func (w *wanton) missing(p joint.Part) map[items.ID][]cases.Deficiency {
	e, err := w.Items.Edition(w.t.Context(), p.Item, p.Edition)
	if err != nil || len(e.Materials) == 0 {
		return nil
	}
	m := e.Materials[w.r.IntN(len(e.Materials))]
	return map[items.ID][]cases.Deficiency{p.Item: {{Material: m.ID, Finding: cases.Defective, Say: "看不清"}}}
}

// correct brings all that was asked for.
func (w *wanton) correct(p joint.Part) error {
	if p.Case == "" || w.find("x").State != cases.Correcting {
		return fault.New(fault.Conflict, "stories.correct", "不需要补正")
	}
	var handed []cases.Handed
	notices := w.find("x").Notices
	for _, d := range notices[len(notices)-1].Items {
		handed = append(handed, cases.Handed{Material: d.Material, Files: []cases.File{{Hash: "h-new", Name: "新.pdf", Type: "pdf", Size: 9}}})
	}
	_, err := w.Cases.Correct(w.t.Context(), p.Case, cases.Correction{Handed: handed}, w.person("李敏"))
	return err
}

// supply answers what a part lacks, rightly or not.
func (w *wanton) supply(j *joint.Joint, p joint.Part) error {
	given := map[string]string{}
	for _, f := range p.Lacks {
		name := f.Path[strings.LastIndex(f.Path, ".")+1:]
		given[name] = []string{"320399199003070025", "123", "否"}[w.r.IntN(3)]
	}
	_, err := w.Joint.Supply(w.t.Context(), j.ID, p.Item, given, nil, w.person("李敏"))
	return err
}

// whole holds every matter and every case of the applicant to each other, when
// all news has been told.
func (w *wanton) whole() {
	w.t.Helper()
	owner := map[cases.ID]string{}
	for _, id := range w.teller.matters {
		j, err := w.Joint.Store.Joint(w.t.Context(), joint.ID(id))
		if err != nil {
			w.t.Fatal(err)
		}
		if j.Open() == !j.Closed.IsZero() {
			w.t.Fatalf("%s: %s is open %v and closed %v", w.line, j.Number, j.Open(), j.Closed)
		}
		for _, p := range j.Parts {
			if other := owner[p.Case]; p.Case != "" && other != "" {
				w.t.Fatalf("%s: case %s belongs to %s and to %s", w.line, p.Number, other, p.Title)
			}
			owner[p.Case] = p.Title
			if say := w.stranded(j, p); say != "" {
				w.t.Fatalf("%s: %s of %s %s", w.line, p.Title, j.Number, say)
			}
		}
	}
	rows, err := w.Cases.List(w.t.Context(), cases.Filter{Party: w.person("李敏").Party, Limit: 100}, w.person("李敏"))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, row := range rows {
		if owner[row.ID] == "" {
			w.t.Fatalf("%s: case %s belongs to no matter", w.line, row.Number)
		}
	}
}

// stranded says why nobody can do anything about a part that has not ended.
func (w *wanton) stranded(j *joint.Joint, p joint.Part) string {
	switch p.State {
	case joint.Waiting:
		if !slices.ContainsFunc(p.After, func(id items.ID) bool { before, ok := j.Part(id); return ok && before.State.Open() }) {
			return "waits for nothing"
		}
	case joint.Lacking:
		if len(p.Lacks) == 0 {
			return "lacks nothing and has not started"
		}
	case joint.Stopped, joint.Failed:
		if p.Why == "" {
			return "ended, and nobody is told why"
		}
	case joint.Filed:
		c, err := w.Cases.Store.Case(w.t.Context(), p.Case)
		switch {
		case err != nil:
			return err.Error()
		case !c.State.Open() && !(c.State == cases.Granted && p.Certified && c.Certificate == ""):
			return "is under way, and its case is " + c.State.Han()
		case c.State == cases.Accepted && len(c.Flow.Open) == 0:
			return "is accepted, and nobody has anything to do"
		case c.State.Open() && len(c.May(w.person("window1")))+len(c.Flow.Open) == 0 && len(c.May(w.person("李敏"))) < 2:
			return "can be worked on by nobody"
		}
	}
	return ""
}

// drain has everybody do their work until nothing is open.
func (w *wanton) drain() {
	ctx, limin, window := w.t.Context(), w.person("李敏"), w.person("window1")
	for round := range 12 {
		w.deliver()
		open := 0
		for _, id := range w.teller.matters {
			j, err := w.Joint.Store.Joint(ctx, joint.ID(id))
			if err != nil {
				w.t.Fatal(err)
			}
			for _, p := range j.Parts {
				if !p.State.Open() {
					continue
				}
				open++
				w.cases["x"] = p.Case
				switch c := w.findOr(p); {
				case c == nil:
					w.supply(j, p)                             // right or wrong
					if p.State == joint.Lacking && round > 5 { // the applicant gives it up
						_, err = w.Joint.Withdraw(ctx, j.ID, p.Item, "不办了", limin)
					}
				case c.State == cases.Received:
					_, err = w.Joint.Accept(ctx, j.ID, window)
					if fault.Of(err) == fault.Invalid { // materials that the notice asked for and that are not right
						_, err = w.Cases.Refuse(ctx, p.Case, "材料不符", "行政许可法第三十二条", window)
					}
				case c.State == cases.Correcting:
					err = w.correct(p)
				case c.State == cases.Accepted:
					err = w.review(p, cases.Ruling{Grant: true})
				}
				if err != nil && fault.Of(err) != fault.Conflict {
					w.t.Fatalf("%s: %s of %s cannot be ended: %v %v", w.line, p.Title, j.Number, err, fault.Fields(err))
				}
			}
		}
		if open == 0 {
			w.whole()
			if _, err := w.Joint.Audit(ctx, func(say string) { w.t.Error(say) }); err != nil {
				w.t.Fatal(err)
			}
			w.audit()
			return
		}
	}
	w.t.Fatalf("%s: some matter never ends", w.line)
}

func (w *wanton) findOr(p joint.Part) *cases.Case {
	if p.Case == "" {
		return nil
	}
	return w.find("x")
}
