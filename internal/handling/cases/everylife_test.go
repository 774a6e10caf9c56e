package cases_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/flowtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// act names what is done with what is at hand; work is "" for acts on no work.
func act(name string, do func(s standing, work string, by identity.Actor) (cases.Moved, error)) tried {
	return tried{name, do}
}

// ring is what time does by itself.
func (w *world) ring() []tried {
	return []tried{act("ring", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
		m, err := s.Ring(w.frame.Edition, w.days, s.now)
		if err == nil && by.Name != identity.TheSystem.Name {
			return s.Withdraw("", identity.Actor{}, s.now) // time needs nobody: refused for everybody else
		}
		return m, err
	})}
}

// intake are the acts of the window until it takes the case on.
func (w *world) intake() []tried {
	e := w.frame.Edition
	until := func(s standing) calendar.Day { return calendar.DayOf(s.now) + 5 }
	return []tried{
		act("find id defective", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Judge(e, []cases.Verdict{{Material: "id", Finding: cases.Defective, Say: "看不清"}}, by, s.now)
		}),
		act("put right id", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Rectify(e, cases.Rectification{Handed: []cases.Handed{{Material: "id", Paper: true}}, Say: "补签名", Confirmed: cases.Confirmed{Self: true}}, nil, by, s.now)
		}),
		act("ask for id", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.AskOnce(e, []cases.Deficiency{{Material: "id", Finding: cases.Defective, Say: "看不清"}}, until(s), by, s.now)
		}),
		act("correct", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			m, err := s.Correct(e, cases.Correction{Handed: []cases.Handed{{Material: "id", Paper: true}}}, nil, by, s.now)
			m.Received = calendar.DayOf(s.now)
			return m, err
		}),
	}
}

// accepting are the ways to take the case on.
func (w *world) accepting() []tried {
	e, days := w.frame.Edition, w.days
	return []tried{
		act("accept", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Accept(e, nil, nil, days, by, s.now)
		}),
		act("accept with a promise", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Accept(e, nil, []cases.Promise{{Material: "plan", By: calendar.DayOf(s.now) + 3, OnPaper: true}}, days, by, s.now)
		}),
	}
}

// curing is what becomes of a promise.
func (w *world) curing() []tried {
	e, days := w.frame.Edition, w.days
	return []tried{
		act("cure", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Cure(e, []cases.Handed{{Material: "plan", Paper: true}}, nil, by, s.now)
		}),
		act("postpone", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Postpone(cases.Postponement{Material: "plan", By: calendar.DayOf(s.now) + 2, Reason: "停电"}, days, by, s.now)
		}),
	}
}

// leaving are the ways out.
var leaving = []tried{
	act("withdraw", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
		return s.Withdraw("不办了", by, s.now)
	}),
	act("say not needed", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
		return s.SayNotNeeded("无需办理", by, s.now)
	}),
	act("refuse", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
		return s.Refuse("不属本机关", "行政许可法第三十二条", by, s.now)
	}),
}

// ending are the grounds on which a case is ended, each tried whether it holds or not.
func (w *world) ending() (all []tried) {
	for _, g := range []cases.Ground{cases.Uncorrected, cases.Uncured, cases.Perished} {
		all = append(all, act("terminate "+string(g), func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			x := cases.Ending{Ground: g, Event: &cases.Outside{What: "公司已经注销登记", Source: "准予注销登记通知书", On: calendar.DayOf(s.now)}}
			return s.Terminate(w.frame.Edition, x, by, s.now)
		}))
	}
	return all
}

// bureau are the acts on work.
func (w *world) bureau() []tried {
	return []tried{
		act("claim", func(s standing, work string, by identity.Actor) (cases.Moved, error) { return s.Claim(work, by, s.now) }),
		act("release", func(s standing, work string, by identity.Actor) (cases.Moved, error) {
			return s.Release(work, by, s.now)
		}),
		act("send back", func(s standing, work string, by identity.Actor) (cases.Moved, error) {
			earlier := w.frame.Procedure.Earlier(s.Flow, work)
			if len(earlier) == 0 {
				return s.Claim("", by, s.now)
			}
			return s.SendBack(work, earlier[0].ID, "重来", by, s.now)
		}),
		act("transfer", func(s standing, work string, by identity.Actor) (cases.Moved, error) {
			return s.Transfer(work, casestest.LiQian, "请假", by, s.now)
		}),
	}
}

// deciding are the acts that lead to a decision.
func (w *world) deciding(rulings ...bool) []tried {
	all := []tried{
		act("review", func(s standing, work string, by identity.Actor) (cases.Moved, error) {
			m, err := s.Review(work, "同意", "", by, s.now)
			if err != nil {
				return m, err
			}
			return s.SendUp(m, w.frame)
		}),
		act("deliver", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Deliver(cases.Delivered{Way: "window", Receiver: "李敏"}, by, s.now)
		}),
	}
	for _, grant := range rulings {
		all = append(all, act(map[bool]string{true: "grant", false: "deny"}[grant], func(s standing, work string, by identity.Actor) (cases.Moved, error) {
			return s.Decide(w.frame, work, cases.Ruling{Grant: grant, Reason: "理由", Basis: "依据", Heard: "采纳"}, by, s.now)
		}))
	}
	return all
}

// Every act in every state by every role: nobody is stuck, no work is lost, no
// paper is given twice, and no clock runs while it is paused. An act that is added
// to Life is to be tried here too.
func TestEveryActInEveryLife(t *testing.T) {
	reached := map[cases.Act]bool{}
	for _, tt := range append([]played{
		{"taken in", func(w *world) flowtest.Game[standing] {
			w.acts = slices.Concat(w.intake(), w.accepting(), leaving, w.ending(), w.ring())
			w.until = func(s standing) bool { return s.State == cases.Accepted }
			return w.game(cases.Word{}, "id")
		}, brief},
		{"promised and cured", func(w *world) flowtest.Game[standing] {
			w.acts = slices.Concat(w.accepting(), w.curing(), w.ending(), w.ring(), w.deciding(true, false))
			return w.game(cases.Word{}, "id")
		}, brief},
		{"reviewed side by side", func(w *world) flowtest.Game[standing] {
			w.acts = slices.Concat(w.accepting()[:1], w.bureau(), w.deciding(true))
			w.who = []identity.Actor{casestest.LiMin, casestest.WangFang, casestest.ZhouHai, casestest.LiQian, casestest.ZhaoGang, casestest.HeJing, casestest.ZhangMing, casestest.ElseBureau}
			return w.game(cases.Word{}, "id", "plan")
		}, casestest.Permit},
	}, slices.Concat(afterwards, besides)...) {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, tt.item())
			tally, err := tt.play(w).Explore()
			maps.Copy(reached, w.reached)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d states, %d steps", tally.States, tally.Steps)
		})
	}
	for _, move := range cases.Life {
		if !reached[move.Act] {
			t.Errorf("%s is in the table of Life, and no life that is explored comes to it", move.Act)
		}
	}
}

// Rules broken on purpose are found out, each by the shortest run to it.
func TestABrokenLifeIsFoundOut(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(c *cases.Case, m cases.Moved)
		want  string
	}{
		{"extending loses the work", func(c *cases.Case, m cases.Moved) {
			if m.Act == cases.OpenSpecial {
				c.Flow.Open = append(c.Flow.Open[:0:0], flow.Work{ID: "w9", Node: "别的"})
			}
		}, "open-special lost work: 审查  became 别的 , after: 李敏 submit → 王芳 accept  → 周海 open special "},
		{"the clock runs on in a special procedure", func(c *cases.Case, m cases.Moved) {
			if m.Act == cases.OpenSpecial {
				c.Promised.Pauses = nil
			}
		}, "the clock stands still without a special procedure, or runs in one"},
		{"a review leads nowhere", func(c *cases.Case, m cases.Moved) {
			if m.Act == cases.Review {
				c.Flow.Open = nil
			}
		}, "nobody has anything to do, after: 李敏 submit → 王芳 accept  → 周海 review 审查"},
		{"a paper is given again", func(c *cases.Case, m cases.Moved) {
			if m.Act == cases.Extend {
				c.Papers = append(c.Papers, c.Papers[len(c.Papers)-1])
			}
		}, "延长办理期限告知书 given twice"},
		{"the decision can be signed by nobody", func(c *cases.Case, m cases.Moved) {
			for i := range c.Flow.Open {
				c.Flow.Open[i].Role = identity.Window
			}
		}, "stuck: no way to the end after: 李敏 submit"},
	} {
		w := newWorld(t, brief())
		w.acts, w.spoil = slices.Concat(w.accepting()[:1], w.pausing()[:3], w.deciding(true)), tt.spoil
		if _, err := w.game(cases.Word{}, "id", "plan").Explore(); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: not found: %v", tt.name, err)
		}
	}
}
