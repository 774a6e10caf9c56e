package supervision

import (
	"strings"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/handling/cases"
)

// at is a moment of September 2026: "21 10:00" is Monday the 21st at ten. The
// 25th to the 27th are off, and the office is open seven hours a day.
func at(t *testing.T, s string) time.Time {
	t.Helper()
	m, err := time.ParseInLocation("2006-01-02 15:04", "2026-09-"+s, calendar.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func days(t *testing.T) calendar.Calendar {
	t.Helper()
	d, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// scene builds a sight step by step, as a case would grow.
type scene struct {
	t *testing.T
	s Sight
}

func play(t *testing.T) *scene {
	c := &cases.Case{State: cases.Received, Opened: at(t, "21 09:00"), Received: calendar.Parse("2026-09-21")}
	p := &scene{t, Sight{Case: c, Days: days(t), Decides: "决定"}}
	return p.event("21 09:00", cases.Submit, cases.Unfiled, cases.Received)
}

func (p *scene) event(when string, act cases.Act, from, to cases.State) *scene {
	p.s.Events = append(p.s.Events, cases.Event{Moved: cases.Moved{Act: act, From: from, To: to, At: at(p.t, when), By: cases.Doer{Name: "王芳"}}})
	p.s.Case.State = to
	return p
}

func (p *scene) askedOnce(when string) *scene {
	p.s.Case.Notices = append(p.s.Case.Notices, cases.Notice{Until: calendar.Parse("2026-09-30")})
	return p.event(when, cases.AskOnce, cases.Received, cases.Correcting)
}

func (p *scene) corrected(when string) *scene {
	return p.event(when, cases.Correct, cases.Correcting, cases.Received)
}

func (p *scene) accepted(when string, promised int) *scene {
	k, err := clock.Clock{}.Start(clock.Limit{N: promised, Unit: clock.WorkingDays}, at(p.t, when))
	if err != nil {
		p.t.Fatal(err)
	}
	p.s.Case.Promised = k
	return p.event(when, cases.Accept, cases.Received, cases.Accepted)
}

// turn hands work out; by "" leaves it in the tray, closed "" leaves it open.
func (p *scene) turn(id, name, opened, by, closed string) *scene {
	turn := cases.Turn{Work: flow.Work{ID: id, Name: name, Claimed: by}, Opened: at(p.t, opened), Holder: cases.Doer{Name: by}}
	if closed != "" {
		turn.Closed = at(p.t, closed)
	}
	p.s.Turns = append(p.s.Turns, turn)
	return p
}

func (p *scene) limited(days int) *scene {
	turn := &p.s.Turns[len(p.s.Turns)-1]
	turn.Work.Limit = clock.Limit{N: days, Unit: clock.WorkingDays}
	turn.Clock = cases.StepClock(turn.Work.Limit, turn.Opened, turn.Closed, nil)
	return p
}

func (p *scene) special(id, from string, limit int, until string) *scene {
	k, err := p.s.Case.Promised.Pause(clock.Pause{Key: id, Kind: "现场核查", From: clock.At(at(p.t, from))})
	if err != nil {
		p.t.Fatal(err)
	}
	one := cases.Special{ID: id, Kind: "现场核查", Limit: clock.Limit{N: limit, Unit: clock.WorkingDays}, From: calendar.DayOf(at(p.t, from))}
	p.by(from, cases.OpenSpecial, one)
	if until != "" {
		if k, err = k.Resume(id, at(p.t, until)); err != nil {
			p.t.Fatal(err)
		}
		one.Until = calendar.DayOf(at(p.t, until))
		p.by(until, cases.CloseSpecial, one)
	}
	p.s.Case.Promised, p.s.Case.Specials = k, append(p.s.Case.Specials, one)
	return p
}

// by is an act that begins a special procedure, or ends it.
func (p *scene) by(when string, act cases.Act, special cases.Special) *scene {
	p.event(when, act, cases.Accepted, cases.Accepted)
	p.s.Events[len(p.s.Events)-1].Special = &special
	return p
}

// heard has the last special procedure be a hearing: called, and noted down.
func (p *scene) heard() *scene {
	p.s.Case.Specials[len(p.s.Case.Specials)-1].Kind = "听证"
	for i, e := range p.s.Events {
		if e.Special != nil {
			e.Special.Kind = "听证"
			p.s.Events[i].Act = map[cases.Act]cases.Act{cases.OpenSpecial: cases.CallHearing, cases.CloseSpecial: cases.NoteHearing}[e.Act]
		}
	}
	return p
}

func (p *scene) now(when string) Sight {
	p.s.Now = at(p.t, when)
	return p.s
}

func TestWhyACaseIsNotFurther(t *testing.T) {
	for _, tt := range []struct {
		name  string
		sight Sight
		cause Cause
		say   string
	}{
		{"a hearing was called, not opened",
			play(t).accepted("21 10:00", 5).special("s1", "21 11:00", 15, "").heard().now("22 11:00"), Inspection, "“听证”进行中，已7个工作小时，期间停表"},
		{"a hearing ended with its minutes",
			play(t).accepted("21 10:00", 5).turn("w1", "消防审查", "21 10:00", "", "").special("s1", "21 11:00", 15, "22 11:00").heard().now("23 11:00"), Unclaimed, "“消防审查”在“听证”结束后7个工作小时无人签收"},
		{"the first of two that run",
			play(t).accepted("21 10:00", 5).special("s1", "21 11:00", 15, "").heard().special("s2", "22 10:00", 10, "").now("22 11:00"), Inspection, "“听证”进行中，已7个工作小时，期间停表"},
		{"nobody at the window has looked at it",
			play(t).now("22 12:00"), Unassigned, "收件后10个工作小时窗口无人核对材料"},
		{"the window looked at it and went no further",
			play(t).event("21 10:00", cases.Judge, cases.Received, cases.Received).now("22 10:00"), Overrun, "王芳核对材料后7个工作小时还没有决定是否受理"},
		{"the applicant has not corrected it yet",
			play(t).askedOnce("21 10:00").now("23 10:00"), Correction, "一次性告知补正后14个工作小时，申请人还没有补正（请其于2026年9月30日前补正）"},
		{"it was corrected and nobody has taken it up",
			play(t).askedOnce("21 10:00").corrected("21 16:30").now("24 16:30"), Unclaimed, "退回补正一次，重新提交后21个工作小时无人签收"},
		{"it lies in the common tray of a step",
			play(t).accepted("21 10:00", 2).turn("w1", "消防审查", "21 10:00", "", "").now("24 10:00"), Unclaimed, "“消防审查”派出后21个工作小时无人签收"},
		{"the window never answered and it was accepted by silence",
			func() Sight {
				p := play(t).accepted("22 09:00", 2).turn("w1", "审查", "22 09:00", "", "")
				p.s.Case.Deemed = true
				return p.now("23 09:00")
			}(), Unassigned, "窗口逾期没有告知，视为受理；“审查”随后7个工作小时无人签收"},
		{"it lies there after a correction",
			play(t).askedOnce("21 09:30").corrected("21 10:00").accepted("21 11:00", 2).turn("w1", "消防审查", "21 11:00", "", "").now("23 11:00"), Unclaimed, "“消防审查”退回补正一次，受理后14个工作小时无人签收"},
		{"it lies there after an inspection",
			play(t).accepted("21 10:00", 5).turn("w1", "消防审查", "21 10:00", "", "").special("s1", "21 11:00", 3, "22 11:00").now("23 11:00"), Unclaimed, "“消防审查”在“现场核查”结束后7个工作小时无人签收"},
		{"it was sent back a step and lies there",
			func() Sight {
				p := play(t).accepted("21 10:00", 2).turn("w2", "初审", "21 14:00", "", "")
				p.s.Turns[0].Work.Back = "review"
				return p.now("22 14:00")
			}(), Unclaimed, "“初审”被退回后7个工作小时无人签收"},
		{"somebody has it longer than the step allows",
			play(t).accepted("21 10:00", 10).turn("w1", "审查", "21 10:00", "周海", "").limited(1).now("24 10:00"), Overrun, "“审查”由周海签收，已用21个工作小时，超过环节时限1个工作日"},
		{"the step has no limit and the promise has run out",
			play(t).accepted("21 10:00", 1).turn("w1", "审查", "21 10:00", "周海", "").now("24 10:00"), Overrun, "“审查”由周海办理，已用21个工作小时，办理时限已于2026年9月22日届满"},
		{"an inspection was put off",
			play(t).accepted("21 10:00", 5).special("s1", "21 11:00", 3, "21 16:00").special("s2", "22 10:00", 3, "").now("23 10:00"), Inspection, "“现场核查”改约1次，这一次已进行7个工作小时"},
		{"an inspection takes longer than was told",
			play(t).accepted("21 10:00", 5).special("s1", "21 11:00", 1, "").now("24 10:00"), Inspection, "“现场核查”已超过告知申请人的1个工作日，仍未结束"},
		{"an inspection is going on",
			play(t).accepted("21 10:00", 5).special("s1", "21 11:00", 10, "").now("22 11:00"), Inspection, "“现场核查”进行中，已7个工作小时，期间停表"},
		{"three of four side by side have answered",
			play(t).accepted("21 09:30", 5).turn("w0", "初审", "21 09:30", "z", "21 10:00").turn("w1", "规划", "21 10:00", "a", "21 15:00").turn("w2", "人防", "21 10:00", "b", "21 16:00").
				turn("w3", "消防", "21 10:00", "周海", "").now("22 10:00"), Countersign, "并联3项已办结2项，等“消防”（周海）7个工作小时"},
		{"one of two has signed the decision",
			func() Sight {
				p := play(t).accepted("21 10:00", 5).turn("w1", "决定", "21 10:00", "", "")
				p.s.Turns[0].Work.Signed = []flow.Sign{{By: "zhao"}}
				p.s.Turns[0].Said = []cases.Said{{By: cases.Doer{Name: "赵刚"}, At: at(t, "21 11:00")}}
				p.event("21 11:00", cases.Decide, cases.Accepted, cases.Accepted).s.Events[2].Work = &cases.WorkAct{ID: "w1"}
				return p.now("22 11:00")
			}(), Countersign, "“决定”已由赵刚签署，等第二人签署7个工作小时"},
		{"another system has not answered",
			func() Sight {
				p := play(t).accepted("21 10:00", 5)
				p.s.Case.Flow.Waits = []flow.Wait{{ID: "w1", Kind: flow.Message, Name: "不动产登记库"}}
				return p.now("22 10:00")
			}(), System, "等“不动产登记库”回传7个工作小时"},
		{"nobody has anything to do, which must not be",
			play(t).accepted("21 10:00", 5).now("22 10:00"), System, "7个工作小时以来没有待办工作，请核查流程和系统"},
		{"it looks late for the holidays in it",
			play(t).accepted("21 10:00", 5).turn("w1", "审查", "21 10:00", "周海", "").now("28 10:00"), Holidays, "按自然日已7天，扣除周末、节假日和停表3天，实际用4个工作日，没有超过5个工作日"},
		{"it goes its way",
			play(t).accepted("21 10:00", 5).turn("w1", "审查", "21 10:00", "周海", "").now("22 10:00"), UnderWay, "“审查”由周海办理中，已用7个工作小时"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.sight.Why()
			if got.Cause != tt.cause || got.Sentence != tt.say {
				t.Errorf("%s：%s\nwant %s：%s", got.Cause, got.Sentence, tt.cause, tt.say)
			}
		})
	}
}

func TestTheDueYearWithoutANoticeIsSaid(t *testing.T) {
	p := play(t).accepted("21 10:00", 80).turn("w1", "审查", "21 10:00", "周海", "")
	if why := p.now("22 10:00").Why(); why.Cause != Holidays || !strings.Contains(why.Sentence, "2027年放假安排尚未公布") {
		t.Errorf("%s：%s", why.Cause, why.Sentence)
	}
}

func TestAClosedCaseTellsItsLongestStep(t *testing.T) {
	p := play(t).accepted("21 10:00", 1).turn("w1", "审查", "21 10:00", "周海", "24 10:00").turn("w2", "决定", "24 10:00", "赵刚", "24 11:00")
	k, err := p.s.Case.Promised.Stop(at(t, "24 11:00"))
	if err != nil {
		t.Fatal(err)
	}
	p.s.Case.Promised, p.s.Case.Closed = k, at(t, "24 11:00")
	p.event("24 11:00", cases.Decide, cases.Accepted, cases.Granted)
	if why := p.now("30 10:00").Why(); why.Cause != Overrun || why.Sentence != "超过时限办结，“审查”用21个工作小时，是最长的一步" {
		t.Errorf("%s：%s", why.Cause, why.Sentence)
	}
}

// A state that says 已 itself is not said to be 已 twice.
func TestAWithdrawnCaseIsSaidToBeSoOnce(t *testing.T) {
	p := play(t).event("21 11:00", cases.Withdraw, cases.Received, cases.Withdrawn)
	p.s.Case.Closed = at(t, "21 11:00")
	if why := p.now("22 10:00").Why(); !strings.HasPrefix(why.Sentence, "已撤回，全程") {
		t.Error(why.Sentence)
	}
}
