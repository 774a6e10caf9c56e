package cases_test

import (
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/flowtest"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
	"tongban/internal/register/archives"
)

// besides are lives in which others than the applicant and the bureau's own two
// have a part: more signers, whom a permit concerns, experts, testers, another agency.
var besides = []played{
	{"signed by more", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.hands(), w.deciding(true)[:1], w.deciding(true)[2:])
		w.who = []identity.Actor{casestest.WangFang, casestest.ZhouHai, casestest.LiQian, casestest.ZhaoGang, casestest.HeJing, casestest.SunLi, casestest.ZhangMing}
		w.until = func(s standing) bool { return s.State != cases.Received && len(s.Flow.Done) > 0 }
		return w.game(cases.Word{}, "id", "plan")
	}, brief},
	{"others ask to be heard", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.concerned(), w.hearing()[2:4], w.deciding(true)[:1], w.deciding(true)[2:])
		w.who = []identity.Actor{casestest.WangFang, casestest.ZhouHai, casestest.ZhaoGang, casestest.HeJing, identity.TheSystem}
		w.short(func(s standing) bool {
			return s.State == cases.Accepted && (len(s.Flow.Done) > 0 || s.Hearing != nil && !s.Hearing.At.IsZero())
		})
		return w.game(cases.Word{}, "id", "plan")
	}, brief},
	{"the host is objected to", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.hosting(), w.hearing()[2:], w.deciding(true)[:1], w.deciding(true)[2:])
		w.who = []identity.Actor{casestest.LiMin, casestest.WangFang, casestest.ZhouHai, casestest.ZhaoGang, casestest.HeJing, casestest.SunLi}
		w.short(func(s standing) bool { return s.State.Final() || s.Hearing != nil && s.Hearing.Minutes != nil })
		return w.game(cases.Word{}, "id", "plan")
	}, brief},
	{"reviewed by experts", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.panel(), w.pausing()[1:2], w.deciding(true))
		return w.game(cases.Word{}, "id", "plan")
	}, special(items.Special{Name: "专家评审", Kind: items.Experts, Limit: clock.Limit{N: 10, Unit: clock.WorkingDays}})},
	{"tested", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.testing(), w.pausing()[1:2], w.checking()[:1], w.deciding(true, false))
		return w.game(cases.Word{}, "id", "plan")
	}, special(items.Special{Name: "设备检验", Kind: items.Testing, Limit: clock.Limit{N: 10, Unit: clock.WorkingDays}, Technical: true})},
	{"reviewed below first", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.pausing()[:3], w.bureau()[2:3], w.deciding(true))
		return w.game(cases.Word{}, "id", "plan")
	}, twoLevels},
	{"made public for a time", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.ring(), w.deciding(true, false))
		return w.game(cases.Word{}, "id", "plan")
	}, publicFirst},
	{"pledged on the way", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.intake()[1:], w.accepting()[:1], w.pledging(), w.checking()[:1], w.deciding(true))
		w.until = func(s standing) bool { return s.State == cases.Granted }
		return w.game(cases.Word{}, "id", "plan")
	}, onPledge},
	{"weighed against a later edition", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.accepting()[:1], w.weighing(), w.deciding(true))
		w.who = append(slices.Clone(roles), keeper)
		return w.game(cases.Word{}, "id", "plan")
	}, brief},
	{"served and archived", func(w *world) flowtest.Game[standing] {
		w.acts = slices.Concat(w.intake()[1:2], w.accepting()[:1], leaving, w.shelving(), w.deciding(false))
		return w.game(cases.Word{}, "id", "plan")
	}, brief},
	{"taken back", after(cases.Recalling), brief},
	{"struck off", after(cases.Stripping), brief},
}

// special is the small permit with one more special procedure.
func special(s items.Special) func() *items.Edition {
	return func() *items.Edition {
		e := brief()
		e.Special = append(e.Special, s)
		return e
	}
}

func twoLevels() *items.Edition {
	e := brief()
	e.FirstReview = items.FirstReview{Step: "lower", AgencyName: "某县应急管理局"}
	e.Procedure = flow.FromSteps("p", "两级", []flow.Step{
		{ID: "lower", Name: "县级初审", Post: "审查岗", Role: identity.Reviewer, Agency: "other"},
		{ID: "决定", Name: "决定", Post: "审批岗", Role: identity.Approver, Substantive: true, Decides: true},
	})
	return e
}

func publicFirst() *items.Edition {
	e := brief()
	e.Procedure = flow.Definition{ID: "p", Nodes: []flow.Node{
		{ID: "s", Kind: flow.Start}, {ID: "公示", Kind: flow.Timer, Name: "公示", Limit: clock.Limit{N: 2, Unit: clock.WorkingDays}},
		{ID: "决定", Kind: flow.Task, Name: "决定", Post: "审批岗", Role: identity.Approver, Substantive: true, Decides: true}, {ID: "e", Kind: flow.End},
	}, Edges: []flow.Edge{{ID: "1", From: "s", To: "公示"}, {ID: "2", From: "公示", To: "决定"}, {ID: "3", From: "决定", To: "e"}}}
	return e
}

// hands are the acts that put work into other or more hands.
func (w *world) hands() []tried {
	return []tried{
		act("add a signer", func(s standing, work string, by identity.Actor) (cases.Moved, error) {
			return s.AddSigner(work, casestest.LiQian, "请看", by, s.now)
		}),
		act("drop a signer", func(s standing, work string, by identity.Actor) (cases.Moved, error) {
			return s.DropSigner(work, casestest.LiQian.Account, "出差", by, s.now)
		}),
		act("delegate", func(s standing, work string, by identity.Actor) (cases.Moved, error) {
			return s.Delegate(work, casestest.LiQian, "出差", by, s.now)
		}),
		act("take back", func(s standing, work string, by identity.Actor) (cases.Moved, error) {
			return s.TakeBack(work, "回来了", by, s.now)
		}),
		act("reassign", func(s standing, work string, by identity.Actor) (cases.Moved, error) {
			return s.Reassign(work, casestest.LiQian, "久未办理", by, s.now)
		}),
	}
}

// concerned are the acts about others whom a permit concerns.
func (w *world) concerned() []tried {
	all := []tried{
		w.hearing()[0],
		act("tell a neighbour", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.TellOther(w.frame.Edition, cases.Other{ID: "k1", Name: "张伟", Relation: "住在二楼"}, w.days, by, s.now)
		}),
	}
	for id, relation := range map[string]string{"k1": "住在二楼", "k2": "在对面开店"} {
		all = append(all, act(id+" asks for a hearing", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.AskOther(w.frame.Edition, cases.Other{ID: id, Name: id, Relation: relation, Wish: "油烟"}, by, s.now)
		}))
	}
	for name, admit := range map[string]bool{"admit": true, "turn down": false} {
		all = append(all, act(name+" k2", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.JudgeOther(w.frame.Edition, "k2", admit, "不是重大利益", by, s.now)
		}))
	}
	return all
}

// hosting are the acts about who hosts a hearing.
func (w *world) hosting() []tried {
	all := []tried{act("object to the host", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
		return s.ObjectHost("", "他是房东", by, s.now)
	})}
	for name, uphold := range map[string]bool{"uphold": true, "overrule": false} {
		all = append(all, act(name+" the objection", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.SettleHost(uphold, "孙主持", "没有利害关系", nil, by, s.now)
		}))
	}
	return all
}

// panel are the acts about a review by experts.
func (w *world) panel() []tried {
	return []tried{
		act("announce the drawing", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.OpenExperts(w.frame.Edition, "r1", "技术复杂", by, s.now)
		}),
		act("call the experts", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.CallExperts("r1", []cases.PanelMember{{Name: "吴专家", Employer: "大学"}}, calendar.DayOf(s.now)+3, "会议室", by, s.now)
		}),
		act("hear an expert", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.HearExpert("r1", cases.PanelOpinion{Name: "吴专家", Verdict: "通过", Text: "可行", Signed: ink.Signature{Name: "吴专家"}}, by, s.now)
		}),
		act("sum up", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.SumExperts("r1", "专家一致通过", by, s.now)
		}),
	}
}

// testing are the acts about a test by technical standards.
func (w *world) testing() []tried {
	all := []tried{
		act("assign testers", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.AssignTesters([]identity.Actor{casestest.ZhouHai, casestest.ZhaoGang}, by, s.now)
		}),
		act("begin the test", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.OpenSpecial(w.frame.Edition, "设备检验", "检验", by, s.now)
		}),
	}
	for _, result := range cases.TestResults {
		all = append(all, act("note that it is "+string(result), func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			return s.NoteTest(cases.Tested{Result: result, Text: "按标准逐项检验"}, by, s.now)
		}))
	}
	return all
}

// pledging is a word given after the application.
func (w *world) pledging() []tried {
	return []tried{act("pledge", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
		return s.Pledge(w.frame.Edition, cases.Word{Licence: true, Signed: casestest.SignedBy("李敏")}, by, s.now)
	})}
}

// weighing holds the case against a later edition that is no worse.
func (w *world) weighing() []tried {
	next := *w.frame.Edition
	next.Number++
	return []tried{act("weigh", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
		return s.Weigh(w.frame, cases.Frame{Edition: &next, Procedure: w.frame.Procedure}, w.days, by, s.now)
	})}
}

// shelving is what may follow the end.
func (w *world) shelving() []tried {
	return []tried{
		act("serve a paper", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			which := append(s.Unserved(), cases.Paper{})[0]
			return s.ServePaper(which.Ref(), cases.Delivered{Way: "window", Receiver: "李敏"}, by, s.now)
		}),
		act("archive", func(s standing, _ string, by identity.Actor) (cases.Moved, error) {
			if by.Name != identity.TheSystem.Name {
				return s.Withdraw("", identity.Actor{}, s.now) // nobody archives by hand
			}
			return s.Archive(archives.Package{Number: "scjg-2026-D10-000001", Version: 1}, s.now)
		}),
	}
}

// everything is every act that any life tries, but those that end it.
func (w *world) everything() []tried {
	return slices.Concat(w.intake(), w.accepting(), w.curing(), w.pausing(), w.hearing(), w.automatic(), w.checking(), w.later(cases.LaterKinds...), w.ring(), w.bureau(), w.deciding(true, false),
		w.hands(), w.concerned(), w.hosting(), w.panel(), w.testing(), w.pledging(), w.weighing(), w.shelving())
}
