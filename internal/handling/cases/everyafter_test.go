package cases_test

import (
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/flowtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// A played is a small definition and what is tried in it.
type played struct {
	name string
	play func(w *world) flowtest.Game[standing]
	item func() *items.Edition
}

// afterwards are the lives beyond intake and review. What is granted is looked
// at until something has become of it once; the long run goes on from there.
var afterwards = []played{
	{"time stands still, and is extended", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.pausing()[:3], w.deciding(true))
		w.long(w.pausing()[3:], w.ring())
		return w.game(cases.Word{}, "id", "plan")
	}, brief},
	{"urged", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.pausing()[3:])
		w.who = []identity.Actor{casestest.LiMin, casestest.WangFang, casestest.ZhouHai, casestest.ZhangMing}
		w.until = func(s standing) bool { return s.State == cases.Accepted && s.Unanswered() == nil }
		return w.game(cases.Word{}, "id", "plan")
	}, brief},
	{"heard", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.hearing(), w.deciding(true)[2:], w.deciding()[:1])
		w.long(w.ring(), w.deciding(false))
		return w.game(cases.Word{}, "id", "plan")
	}, brief},
	{"pledged and checked", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.checking(), w.ring())
		w.long(w.later(cases.Annulling)) // what was found untrue goes on to its annulment
		w.who = []identity.Actor{casestest.LiMin, casestest.WangFang, casestest.ZhouHai, casestest.ZhaoGang, casestest.HeJing, identity.TheSystem}
		w.short(func(s standing) bool { return s.Later != nil })
		return w.game(cases.Word{Licence: true, Signed: casestest.SignedBy("李敏")}, "id", "plan")
	}, onPledge},
	{"found untrue, and the regulator told", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.checking()[:4], []tried{act("receive the message", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.ReceiveLink(by, s.now)
		})})
		w.who = []identity.Actor{casestest.WangFang, casestest.ZhouHai, casestest.ZhaoGang, casestest.ElseBureau}
		w.short(func(s standing) bool { return s.Later != nil && !s.Linkage.Waits() })
		return w.game(cases.Word{Licence: true, Signed: casestest.SignedBy("李敏")}, "id", "plan")
	}, onPledge},
	{"pledged to be met later", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.checking()[:3], w.ring(), []tried{act("show met", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.ShowMet(cases.Shown{Say: "已装好", Files: []cases.File{{Hash: "f", Name: "照片.jpg"}}}, by, s.now)
		})})
		w.who = []identity.Actor{casestest.LiMin, casestest.WangFang, casestest.ZhouHai, casestest.ZhaoGang, identity.TheSystem}
		w.short(func(s standing) bool { return s.Later != nil || s.Check != nil && s.Check.Late })
		return w.game(cases.Word{Licence: true, Later: true, Signed: casestest.SignedBy("李敏")}, "id", "plan")
	}, onLater},
	{"granted by rule", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.automatic(), w.deciding(true)[:1], w.deciding(true)[2:])
		w.short(func(s standing) bool { return s.Later != nil })
		return w.game(cases.Word{}, "id", "plan")
	}, ruled},
	{"filed at once", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.intake(), w.accepting()[:1], []tried{act("file", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.FileNow(w.frame.Edition, by, s.now)
		})}, w.deciding(true))
		return w.game(cases.Word{}, "id", "plan")
	}, func() *items.Edition { e := brief(); e.Filing = true; return e }},
	{"changed", after(cases.Changing), brief},
	{"renewed", after(cases.Renewing), brief},
	{"ended", after(cases.Cancelling), brief},
	{"annulled", after(cases.Annulling), brief},
}

// after is the life of what was granted, up to the end of what was asked for or
// proposed.
func after(kind cases.LaterKind) func(w *world) flowtest.Game[standing] {
	return func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.later(kind), w.ring())
		if slices.Contains([]cases.LaterKind{cases.Annulling, cases.Recalling, cases.Stripping}, kind) {
			w.acts = slices.Concat(w.later(kind), w.hearing())
			w.who = []identity.Actor{casestest.LiMin, casestest.ZhouHai, casestest.ZhaoGang, casestest.HeJing}
		}
		w.short(func(s standing) bool {
			return s.Later != nil && s.Later.Done && (!s.Later.Granted || s.Later.Served != nil)
		})
		g := w.game(cases.Word{}, "id", "plan")
		s := g.Begin[0].To
		for _, prelude := range []struct {
			act tried
			by  identity.Actor
		}{{w.accepting()[0], casestest.WangFang}, {w.deciding()[0], casestest.ZhouHai}, {w.deciding(true)[2], casestest.ZhaoGang}, {w.deciding(true)[2], casestest.HeJing}} {
			work := flow.Work{}
			if len(s.Flow.Open) > 0 {
				work = s.Flow.Open[0]
			}
			s = w.try(nil, s, prelude.act, work, prelude.by)[0].To
		}
		g.Begin[0] = flowtest.Step[standing]{Act: "granted", To: s}
		return g
	}
}

func onPledge() *items.Edition {
	e := brief()
	e.Promisable, e.Pledge = true, items.PledgeRules{AtOnce: true, Check: items.OnlineCheck, Within: clock.Limit{N: 5, Unit: clock.WorkingDays}}
	return e
}

func onLater() *items.Edition {
	e := onPledge()
	e.Pledge.Later, e.Pledge.Undo = clock.Limit{N: 10, Unit: clock.WorkingDays}, true
	e.Pledge.Mend = clock.Limit{N: 3, Unit: clock.WorkingDays}
	return e
}

func ruled() *items.Edition {
	e := brief()
	e.Automatic = items.Automatic{Decides: true, Sample: 1000, Rules: []items.AutoRule{{ID: "r1", Name: "店名", When: `店名 == "云帆"`}}}
	return e
}

// pausing are the acts that stop, resume and lengthen the clocks.
func (w *world) pausing() []tried {
	return []tried{
		act("open special", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.OpenSpecial(w.frame.Edition, "现场核查", "需要", by, s.now)
		}),
		act("close special", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			id := ""
			for _, one := range s.Specials {
				id = one.ID
			}
			return s.CloseSpecial(id, cases.SpecialEnd{Result: "合格"}, by, s.now)
		}),
		act("extend", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Extend(cases.Extension{Limit: clock.Limit{N: 5, Unit: clock.WorkingDays}, Reason: "复杂"}, w.days, by, s.now)
		}),
		act("urge", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Urge("请加快", by, s.now, calendar.DayOf(s.now)+1)
		}),
		act("answer", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.AnswerUrge("正在办", by, s.now)
		}),
	}
}

// hearing are the acts about a hearing.
func (w *world) hearing() []tried {
	return []tried{
		act("tell of a hearing", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.TellHearing(cases.Hearing{About: "拟准予", Reason: "相邻住户"}, w.days, by, s.now)
		}),
		act("ask for a hearing", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.AskHearing(w.frame.Edition, "通风", w.days, by, s.now)
		}),
		act("call a hearing", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			if !s.now.Before(s.Opened.AddDate(0, 6, 0)) { // it may be put off for ever
				return s.Claim("", by, s.now)
			}
			return s.CallHearing(w.frame.Edition, cases.Hearing{At: s.now.AddDate(0, 0, 14), Place: "听证室", Host: "吴主持"}, w.days, by, s.now)
		}),
		act("note a hearing held", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.NoteHearing(cases.Minutes{Held: true, Text: "经过", Attended: []string{"李敏"}, Unsigned: "拒绝签字"}, by, s.now)
		}),
		act("note that nobody came", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.NoteHearing(cases.Minutes{Text: "撤回听证要求"}, by, s.now)
		}),
	}
}

// checking are the acts on a pledge.
func (w *world) checking() []tried {
	all := []tried{act("settle", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
		return s.Settle(w.frame.Edition, by, s.now)
	})}
	for _, result := range []cases.CheckResult{cases.PledgeTrue, cases.PledgeUnmet, cases.PledgeBroken} {
		all = append(all, act("find the pledge "+string(result), func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.CheckPledge(w.frame.Edition, cases.Found{Result: result, Reason: "比对", Basis: "行政许可法第六十九条"}, &cases.Linkage{Regulator: "外局", Agency: "other"}, w.days, by, s.now)
		}))
	}
	return append(all, w.later()...)
}

// automatic are the acts of the program on an application, and of those who look
// over what it did.
func (w *world) automatic() []tried {
	all := []tried{
		act("prejudge", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			if by.Name != identity.TheSystem.Name {
				return s.Withdraw("", identity.Actor{}, s.now)
			}
			return s.Prejudge(w.frame.Edition, s.Inputs(w.frame, nil), s.now)
		}),
		act("mend", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Mend("已纠正", by, s.now)
		}),
	}
	for name, ground := range map[string]string{"find it right": "", "find it wrong": "", "find it obtained by fraud": cases.Fraud} {
		all = append(all, act(name, func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Recheck(w.frame.Edition, name == "find it right", "错了", "r1", ground, w.days, by, s.now)
		}))
	}
	return append(all, w.later()...)
}

// later are the acts on what was granted: those that end what was begun, and
// for each kind those that begin it.
func (w *world) later(kinds ...cases.LaterKind) []tried {
	all := []tried{
		act("vet", func(s standing, _ string, by identity.Actor) (cases.Moved, error) { return s.Vet("符合", by, s.now) }),
		act("plead", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.PleadLater("不同意", true, by, s.now)
		}),
		act("certify", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			if s.State != cases.Granted || s.Certificate != "" || by.Name != identity.TheSystem.Name {
				return s.Withdraw("", identity.Actor{}, s.now)
			}
			return s.Certify("no-1", calendar.DayOf(s.now)+60, s.now)
		}),
		act("serve it", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.ServeLater(cases.Delivered{Way: "window", Receiver: "李敏"}, by, s.now)
		}),
	}
	for _, kind := range kinds {
		all = append(all, act("ask for "+string(kind), func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Ask(w.frame.Edition, cases.Later{Kind: kind, Reason: "搬了", Changes: []cases.Line{{Name: "店名", Say: "云帆二店"}}}, w.days, by, s.now)
		}), act("propose to "+string(kind), func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Propose(w.frame.Edition, cases.Later{Kind: kind, Ground: append(kind.Grounds(items.Licence), "")[0], Reason: "查实"}, w.days, by, s.now)
		}))
	}
	for name, grant := range map[string]bool{"conclude": true, "dismiss": false} {
		all = append(all, act(name, func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.Conclude(w.frame.Edition, cases.LaterRuling{Grant: grant, Reason: "理由", Answer: "不采纳"}, by, s.now)
		}))
	}
	return all
}
