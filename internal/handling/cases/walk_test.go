package cases_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// walker takes one case at random through acts by anybody, allowed or not.
type walker struct {
	t     *rapid.T
	days  calendar.Calendar
	frame cases.Frame
	c     *cases.Case
	facts []cases.Moved
	now   time.Time
	all   []tried // every act that the lives explored know
}

var everyone = []identity.Actor{
	casestest.LiMin, casestest.ZhangSan, casestest.WangFang, casestest.ZhouHai, casestest.LiQian, casestest.ZhaoGang,
	casestest.HeJing, casestest.SunLi, casestest.ZhangMing, casestest.ElseBureau, casestest.Standing, keeper, identity.TheSystem, {},
}

// Whatever anybody tries, in whatever order: nothing fails in a way we did not
// foresee, the case is what its facts say, and what the law forbids is not so.
func TestAnythingAnybodyTries(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	e := casestest.Permit()
	e.Materials = append(e.Materials, items.Material{ID: "proof", Name: "健康证明", Necessity: items.Must, Promisable: true, Proves: []string{"site"}})
	e.Promisable, e.Pledge = true, items.PledgeRules{AtOnce: true, Check: items.OnlineCheck, Within: clock.Limit{N: 5, Unit: clock.WorkingDays}}
	e.Automatic = items.Automatic{Decides: true, Sample: 500, Rules: []items.AutoRule{{ID: "r1", Name: "店名", When: `店名 == "云帆"`}, {ID: "r2", Name: "证照", When: "证照.营业执照"}}}
	p, err := flow.Compile(e.Procedure)
	if err != nil {
		t.Fatal(err)
	}
	frame := cases.Frame{Edition: e, Procedure: p}
	all := (&world{days: days, frame: frame}).everything()
	rapid.Check(t, func(t *rapid.T) {
		w := &walker{t: t, days: days, frame: frame, all: all, now: calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)}
		w.file()
		for range rapid.IntRange(1, 120).Draw(t, "acts") {
			w.now = w.now.Add(time.Duration(rapid.IntRange(0, 72).Draw(t, "hours")) * time.Hour)
			for done := len(w.facts); len(w.facts) == done && rapid.IntRange(0, 12).Draw(t, "again") > 0; {
				w.try()
			}
			if err := lawful(w.c, w.facts); err != nil {
				t.Fatal(err)
			}
		}
		w.replay()
	})
}

func (w *walker) file() {
	handed := []cases.Handed{{Material: "id", Paper: true}}
	if rapid.Bool().Draw(w.t, "plan") {
		handed = append(handed, cases.Handed{Material: "plan", Paper: true})
	}
	word := w.word()
	if word.None() {
		handed = append(handed, cases.Handed{Material: "proof", Paper: true})
	}
	m, err := cases.Receive("c1", cases.Application{Item: "food-permit", Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"},
		Answers: map[string]string{"店名": "云帆", "手机": "13800138000"}, Materials: handed, Word: word}, w.frame.Edition, casestest.LiMin, calendar.DayOf(w.now), w.now)
	if err != nil {
		w.t.Fatal(err)
	}
	w.c = &cases.Case{}
	w.keep(m, nil)
}

// try makes one act with whatever is at hand.
func (w *walker) try() {
	by := rapid.SampledFrom(everyone).Draw(w.t, "by")
	work := ""
	if open := w.c.Flow.Open; len(open) > 0 {
		work = rapid.SampledFrom(open).Draw(w.t, "work").ID
	}
	c, e, now := w.c, w.frame.Edition, w.now
	acts := []func() (cases.Moved, error){
		func() (cases.Moved, error) { return c.Accept(e, nil, w.promises(), w.days, by, now) },
		func() (cases.Moved, error) {
			return c.AskOnce(e, []cases.Deficiency{{Material: "id", Finding: cases.Defective, Say: "看不清"}}, calendar.DayOf(now)+5, by, now)
		},
		func() (cases.Moved, error) {
			m, err := c.Correct(e, cases.Correction{Handed: []cases.Handed{{Material: "id", Paper: true}}}, c.Answers, by, now)
			m.Received = calendar.DayOf(now)
			return m, err
		},
		func() (cases.Moved, error) { return c.Ring(w.frame.Edition, w.days, now) },
		func() (cases.Moved, error) { return c.Pledge(e, w.word(), by, now) },
		func() (cases.Moved, error) {
			result := rapid.SampledFrom([]cases.CheckResult{cases.PledgeTrue, cases.PledgeUnmet, cases.PledgeBroken}).Draw(w.t, "found")
			return c.CheckPledge(w.frame.Edition, cases.Found{Result: result, Reason: "比对登记信息", Basis: "行政许可法第六十九条", Fraud: rapid.Bool().Draw(w.t, "fraud")}, nil, w.days, by, now)
		},
		func() (cases.Moved, error) {
			return c.Postpone(cases.Postponement{Material: "plan", By: calendar.DayOf(now) + 4, Reason: "停电"}, w.days, by, now)
		},
		func() (cases.Moved, error) {
			finding := rapid.SampledFrom([]cases.Finding{cases.Complete, cases.Missing, cases.Promised, cases.OnWord}).Draw(w.t, "finding")
			return c.Judge(e, []cases.Verdict{{Material: rapid.SampledFrom([]string{"id", "plan", "proof"}).Draw(w.t, "judged"), Finding: finding}}, by, now)
		},
		func() (cases.Moved, error) { return c.SendBack(work, "选址审查", "重来", by, now) },
		func() (cases.Moved, error) {
			return c.AddSigner(work, rapid.SampledFrom(everyone).Draw(w.t, "signer"), "请看", by, now)
		},
		func() (cases.Moved, error) {
			return c.DropSigner(work, rapid.SampledFrom(everyone).Draw(w.t, "dropped").Account, "出差", by, now)
		},
		func() (cases.Moved, error) {
			return c.Review(work, "附条件同意", "见照片", by, now, cases.Evidence{File: cases.File{Hash: "h", Name: "现场.jpg"}, Place: "店内", At: now.Add(-time.Hour)})
		},
		func() (cases.Moved, error) {
			return c.Decide(w.frame, work, cases.Ruling{Grant: rapid.Bool().Draw(w.t, "grant"), Reason: "理由", Basis: "依据", Heard: "采纳"}, by, now)
		},
		func() (cases.Moved, error) { return c.CloseSpecial("s1", cases.SpecialEnd{Result: "合格"}, by, now) },
		func() (cases.Moved, error) {
			return c.CallHearing(w.frame.Edition, cases.Hearing{At: now.AddDate(0, 0, 14), Place: "听证室", Host: "李倩"}, w.days, by, now)
		},
		func() (cases.Moved, error) {
			return c.NoteHearing(cases.Minutes{Held: rapid.Bool().Draw(w.t, "held"), Text: "经过", Attended: []string{"李敏"}, Unsigned: "拒绝签字"}, by, now)
		},
		func() (cases.Moved, error) { return c.Prejudge(e, c.Inputs(w.frame, w.about()), now) },
		func() (cases.Moved, error) {
			return c.Recheck(w.frame.Edition, rapid.Bool().Draw(w.t, "right"), "错了", "r1", rapid.SampledFrom([]string{"", cases.Fraud}).Draw(w.t, "ground"), w.days, by, now)
		},
	}
	acts = append(acts, w.afterwards(by)...)
	at := standing{c, w.facts, now}
	tries := func(all []tried) {
		for _, one := range all {
			acts = append(acts, func() (cases.Moved, error) { return one.do(at, work, by) })
		}
	}
	tries(w.all)
	if rapid.IntRange(0, 30).Draw(w.t, "give up") == 0 {
		tries(leaving)
	}
	w.keep(rapid.SampledFrom(acts).Draw(w.t, "act")())
}

// afterwards are the acts on what was granted.
func (w *walker) afterwards(by identity.Actor) []func() (cases.Moved, error) {
	c, now := w.c, w.now
	if _, err := c.FileNow(w.frame.Edition, by, now); err == nil {
		w.t.Fatal("filed at once what needs a permit")
	}
	kind := rapid.SampledFrom(cases.LaterKinds).Draw(w.t, "kind")
	return []func() (cases.Moved, error){
		func() (cases.Moved, error) {
			if c.State != cases.Granted || c.Certificate != "" {
				return c.Ring(w.frame.Edition, w.days, now)
			}
			return c.Certify("no-1", calendar.DayOf(now)+40, now)
		},
		func() (cases.Moved, error) {
			return c.Ask(w.frame.Edition, cases.Later{Kind: kind, Reason: "搬了", Changes: []cases.Line{{Name: "店名", Say: "云帆二店"}}}, w.days, by, now)
		},
		func() (cases.Moved, error) {
			ground := append(kind.Grounds(items.Licence), "")[0]
			return c.Propose(w.frame.Edition, cases.Later{Kind: kind, Ground: ground, Reason: "查实"}, w.days, by, now)
		},
		func() (cases.Moved, error) {
			return c.PleadLater("不同意", rapid.Bool().Draw(w.t, "hearing"), by, now)
		},
		func() (cases.Moved, error) {
			return c.Conclude(w.frame.Edition, cases.LaterRuling{Grant: rapid.Bool().Draw(w.t, "undo"), Reason: "理由", Answer: "不采纳"}, by, now)
		},
	}
}

// word is what an applicant pledges: nothing, a proof, or the whole licence.
func (w *walker) word() cases.Word {
	signed := casestest.SignedBy("李敏")
	return rapid.SampledFrom([]cases.Word{{}, {Materials: []string{"proof"}, Signed: signed}, {Licence: true, Signed: signed}}).Draw(w.t, "word")
}

// about is what a register says, or does not.
func (w *walker) about() []cases.Input {
	if rapid.Bool().Draw(w.t, "certified") {
		return []cases.Input{{Name: "证照.营业执照", Value: rapid.Bool().Draw(w.t, "good"), Source: "电子证照库"}}
	}
	return nil
}

func (w *walker) promises() []cases.Promise {
	if rapid.Bool().Draw(w.t, "promise") {
		return []cases.Promise{{Material: "plan", By: calendar.DayOf(w.now) + 3, OnPaper: true}}
	}
	return nil
}

// keep applies what was allowed; a refusal must be one we foresaw and leave the
// case as it was.
func (w *walker) keep(m cases.Moved, err error) {
	before := w.json(w.c)
	if err == nil {
		next := *w.c
		if err = next.Apply(m, w.frame); err == nil {
			next.Head.Seq = m.Seq
			w.c, w.facts = &next, append(w.facts, m)
			return
		}
	}
	if fault.Of(err) == fault.Internal {
		w.t.Fatalf("%s: not foreseen: %v", m.Act, err)
	}
	if after := w.json(w.c); after != before {
		w.t.Fatalf("a refused act changed the case\n%s\n%s", before, after)
	}
}

// replay builds the case again from its facts, as they are read back; others read
// the same facts, so that they must stay as they are.
func (w *walker) replay() {
	again, written := &cases.Case{}, w.json(w.facts)
	var facts []cases.Moved
	if err := json.Unmarshal([]byte(written), &facts); err != nil {
		w.t.Fatal(err)
	}
	for _, m := range facts {
		if err := again.Apply(m, w.frame); err != nil {
			w.t.Fatal(err)
		}
	}
	if now := w.json(facts); now != written {
		w.t.Fatalf("applying the facts changed them from\n%s\nto\n%s", written, now)
	}
	if got, want := w.json(again), w.json(w.c); got != want {
		w.t.Fatalf("from its facts the case is\n%s\nand not\n%s", got, want)
	}
}

func (w *walker) json(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(b)
}
