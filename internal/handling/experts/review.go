package experts

import (
	"fmt"
	"slices"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// ID is the key of a review.
type ID string

// Stream is where the facts of the review are kept.
func (id ID) Stream() string { return "expert-review/" + string(id) }

// A Review is one review of a case by drawn experts.
type Review struct {
	ID        ID           `json:"id"`
	Case      cases.ID     `json:"case"`
	Number    string       `json:"number"` // of the case
	ItemName  string       `json:"itemName"`
	Agency    string       `json:"agency"`
	Region    string       `json:"region"`
	Party     string       `json:"party"`
	Applicant string       `json:"applicant"`
	Agent     string       `json:"agent,omitempty"`
	Question  string       `json:"question"` // what the experts are asked
	Fields    []string     `json:"fields"`
	Wanted    int          `json:"wanted"` // how many
	Host      Person       `json:"host"`   // who called it
	Rounds    []Round      `json:"rounds"`
	Day       calendar.Day `json:"day,omitempty"` // when they meet
	Place     string       `json:"place,omitempty"`
	Told      bool         `json:"told,omitempty"` // the applicant knows who they are now
	Opinions  []Opinion    `json:"opinions,omitempty"`
	Summary   string       `json:"summary,omitempty"`
	Opened    time.Time    `json:"opened"`
	Ended     time.Time    `json:"ended,omitzero"`
	Log       []Note       `json:"log,omitempty"`

	Head event.Head `json:"-"`
	took []ExpertID // who reviewed the case before; asked for when candidates are chosen
}

// A Person is who of the staff.
type Person struct {
	Account string `json:"account"`
	Name    string `json:"name"`
}

// A Candidate may be drawn.
type Candidate struct {
	Expert   ExpertID `json:"expert"`
	Name     string   `json:"name"`
	Employer string   `json:"employer"`
	Title    string   `json:"title,omitempty"`
	Account  string   `json:"account,omitempty"`
}

// Excluded is who stands aside, and why.
type Excluded struct {
	Expert ExpertID `json:"expert"`
	Name   string   `json:"name"`
	Why    string   `json:"why"`
}

// A Round is one draw: what was published before, and what came out.
type Round struct {
	Why        string       `json:"why,omitempty"` // of a draw that is not the first
	At         time.Time    `json:"at"`
	Until      calendar.Day `json:"until"` // the last day on which the applicant may object before the draw
	Waived     bool         `json:"waived,omitempty"`
	Seats      int          `json:"seats"` // how many are to be found
	Pool       []Candidate  `json:"pool"`
	Out        []Excluded   `json:"out,omitempty"`
	Print      string       `json:"print"`          // fingerprint of the seed
	Seed       string       `json:"seed,omitempty"` // told with the draw
	Objections []Objection  `json:"objections,omitempty"`
	Order      []ExpertID   `json:"order,omitempty"`
	Invited    []Invitation `json:"invited,omitempty"`
}

// A Ruling is what was decided on an objection.
type Ruling string

// The rulings.
const (
	Upheld    Ruling = "upheld"    // 成立，回避
	Dismissed Ruling = "dismissed" // 不成立
)

// An Objection is the applicant's wish that a candidate stand aside (申请回避).
type Objection struct {
	Expert ExpertID `json:"expert"`
	Why    string   `json:"why"`
	Ruled  Ruling   `json:"ruled,omitempty"`
	Answer string   `json:"answer,omitempty"`
	By     string   `json:"by,omitempty"`
	After  bool     `json:"after,omitempty"` // upheld when lots had been drawn
}

// A Reply is what became of an invitation.
type Reply string

// The replies.
const (
	Accepted Reply = "accepted" // 接受
	Declined Reply = "declined" // 不能参加
	Silent   Reply = "silent"   // 逾期未答复
	Stood    Reply = "stood"    // 回避
)

// Han is the reply in words.
func (r Reply) Han() string {
	return map[Reply]string{"": "等答复", Accepted: "接受", Declined: "不能参加", Silent: "逾期未答复", Stood: "回避"}[r]
}

// An Invitation is to one drawn expert.
type Invitation struct {
	Expert ExpertID     `json:"expert"`
	Asked  time.Time    `json:"asked,omitzero"`
	By     calendar.Day `json:"by"` // the last day to answer
	Reply  Reply        `json:"reply,omitempty"`
	Why    string       `json:"why,omitempty"`
	At     time.Time    `json:"at,omitzero"`
}

// An Opinion is what one expert signed.
type Opinion struct {
	Expert ExpertID `json:"expert"`
	cases.PanelOpinion
}

// The verdicts of an expert.
const (
	Agrees    = "同意"
	Amended   = "修改后同意"
	Disagrees = "不同意"
)

// Verdicts are what an expert may conclude.
var Verdicts = []string{Agrees, Amended, Disagrees}

// A Note is one line of what was done.
type Note struct {
	At  time.Time `json:"at"`
	Act Act       `json:"act"`
	By  string    `json:"by"`
	Say string    `json:"say,omitempty"`
}

// An Act names what happened to a review.
type Act string

// The acts.
const (
	Announce Act = "announce"
	Object   Act = "object"
	Waive    Act = "waive"
	Rule     Act = "rule"
	Draw     Act = "draw"
	Answer   Act = "answer"
	Miss     Act = "miss"
	Redraw   Act = "redraw"
	Call     Act = "call"
	Opine    Act = "opine"
	Sum      Act = "sum"
)

// Han is the act in the words of the field.
func (a Act) Han() string {
	return map[Act]string{Announce: "公布抽取方案", Object: "申请回避", Waive: "对候选专家无异议", Rule: "决定是否回避", Draw: "抽取", Answer: "答复邀请", Miss: "逾期未答复",
		Redraw: "重新抽取", Call: "通知评审", Opine: "签署意见", Sum: "汇总意见"}[a]
}

// Moved is the fact that something happened to a review.
type Moved struct {
	Review  ID        `json:"review"`
	Seq     int64     `json:"seq"`
	Act     Act       `json:"act"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Say     string    `json:"say,omitempty"`
	Opening *Review   `json:"opening,omitempty"`
	Round   *Round    `json:"round,omitempty"` // the present one as it stands now; with Redraw a new one
	Call    *Meeting  `json:"call,omitempty"`
	Opinion *Opinion  `json:"opinion,omitempty"`
}

// A Meeting is when and where the experts meet.
type Meeting struct {
	Day   calendar.Day `json:"day"`
	Place string       `json:"place"`
}

// FactName is experts.moved.
func (Moved) FactName() string { return "experts.moved" }

// Happened reports whether anything did.
func (m Moved) Happened() bool { return m.Act != "" }

// Apply makes a fact true of the review; nothing else changes one.
func (r *Review) Apply(m Moved) {
	if m.Opening != nil {
		*r = *m.Opening
	}
	r.Rounds = slices.Clone(r.Rounds)
	switch {
	case m.Act == Announce || m.Act == Redraw:
		r.Rounds = append(r.Rounds, *m.Round)
		r.Told = false
	case m.Round != nil:
		r.Rounds[len(r.Rounds)-1] = *m.Round
	}
	if m.Call != nil {
		r.Day, r.Place, r.Told = m.Call.Day, m.Call.Place, true
	}
	if m.Act == Rule || m.Act == Answer {
		r.Told = r.Told && len(r.Members()) == r.Wanted
	}
	if m.Opinion != nil {
		r.Opinions = append(slices.Clone(r.Opinions), *m.Opinion)
	}
	if m.Act == Sum {
		r.Summary, r.Ended = m.Say, m.At
	}
	r.Log = append(slices.Clone(r.Log), Note{m.At, m.Act, m.By, m.Say})
}

// Now is the round that counts.
func (r *Review) Now() Round {
	round := r.Rounds[len(r.Rounds)-1]
	round.Objections, round.Invited = slices.Clone(round.Objections), slices.Clone(round.Invited)
	return round
}

// Find is a candidate of any round.
func (r *Review) Find(id ExpertID) (Candidate, bool) {
	for _, round := range r.Rounds {
		for _, c := range round.Pool {
			if c.Expert == id {
				return c, true
			}
		}
	}
	return Candidate{}, false
}

// Members are the experts who accepted, in the order in which they were drawn.
func (r *Review) Members() []Candidate {
	var all []Candidate
	if len(r.Rounds) == 0 {
		return nil
	}
	for _, i := range r.Now().Invited {
		if c, ok := r.Find(i.Expert); ok && i.Reply == Accepted {
			all = append(all, c)
		}
	}
	return all
}

func (r *Review) drawn(id ExpertID) bool {
	return slices.ContainsFunc(r.Rounds, func(round Round) bool {
		return slices.ContainsFunc(round.Invited, func(i Invitation) bool { return i.Expert == id })
	})
}

// Opined reports whether an expert has signed an opinion.
func (r *Review) Opined(id ExpertID) bool {
	return slices.ContainsFunc(r.Opinions, func(o Opinion) bool { return o.Expert == id })
}

// Waiting reports whether an invitation has not been answered.
func (r *Review) Waiting() bool {
	return slices.ContainsFunc(r.Now().Invited, func(i Invitation) bool { return i.Reply == "" })
}

// Short reports whether the order is used up and seats are still free: only
// another draw helps.
func (r *Review) Short() bool {
	now := r.Now()
	return now.Seed != "" && !r.Waiting() && now.free() > 0 && len(now.next()) == 0
}

// Tally counts the opinions in words: "同意2，不同意1".
func (r *Review) Tally() string {
	text := ""
	for _, v := range Verdicts {
		n := 0
		for _, o := range r.Opinions {
			if o.Verdict == v {
				n++
			}
		}
		if n > 0 {
			text += fmt.Sprintf("，%s%d", v, n)
		}
	}
	if text == "" {
		return "还没有意见"
	}
	return text[len("，"):]
}

// Standing is where the review stands, in words.
func (r *Review) Standing(today calendar.Day) string {
	now := r.Now()
	switch {
	case r.Summary != "":
		return "已结束：" + r.Tally()
	case len(r.Opinions) > 0 || r.Told && today >= r.Day:
		return fmt.Sprintf("评审中，%d位专家已签署意见，共%d位", len(r.Opinions), r.Wanted)
	case r.Told:
		return "已通知，" + r.Day.Han() + "评审"
	case len(r.Members()) == r.Wanted:
		return "专家已确定，待通知评审"
	case r.Short():
		return "候选专家已用完，还差" + fmt.Sprint(r.Wanted-len(r.Members())) + "位，须重新抽取"
	case now.Seed != "":
		return fmt.Sprintf("已抽取，%d位接受，等其余专家答复", len(r.Members()))
	case slices.ContainsFunc(now.Objections, func(o Objection) bool { return o.Ruled == "" }):
		return "已公布抽取方案，有回避申请待决定"
	}
	return "已公布抽取方案，" + now.Until.Han() + "前可以申请回避"
}

// Expert is which of the candidates the actor is, by their own account.
func (r *Review) Expert(by identity.Actor) (Candidate, bool) {
	if by.Account == "" {
		return Candidate{}, false
	}
	for _, round := range r.Rounds {
		for _, c := range round.Pool {
			if c.Account == by.Account && r.drawn(c.Expert) {
				return c, true
			}
		}
	}
	return Candidate{}, false
}

// Works reports whether the actor works in the department that has the case.
func (r *Review) Works(by identity.Actor) bool {
	return by.SpeaksFor(r.Agency)
}

// Applies reports whether the actor is who applied.
func (r *Review) Applies(by identity.Actor) bool { return by.Party != "" && by.Party == r.Party }

// Sees refuses whoever may not know of the review. The applicant, the department,
// those who watch it may, and the experts who were drawn as long as they take part:
// who declined, stood aside or did not answer has no more to do with it.
func (r *Review) Sees(by identity.Actor) error {
	c, drawn := r.Expert(by)
	switch {
	case r.Applies(by) || r.Works(by) || by.Plays(identity.System) || by.Covers(r.Region) || drawn && r.Takes(c.Expert):
		return nil
	case drawn:
		return fault.New(fault.Forbidden, "experts.out", "您不参加这次评审，不能再查看评审的内容")
	}
	return None()
}

// Takes reports whether an expert takes part, as far as they have said: they
// accepted, or may still answer.
func (r *Review) Takes(id ExpertID) bool {
	i, asked := r.invitation(id)
	return asked && (i.Reply == "" || i.Reply == Accepted)
}

// None is the answer about a review that does not exist, or not for those eyes.
func None() error {
	return fault.New(fault.NotFound, "experts.none", "没有找到这次专家评审，请从办件页面打开")
}
