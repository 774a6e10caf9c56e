// Package relay is how originals travel from the counter to the bureau (纸质材料
// 交接): what was received on paper goes on a numbered slip (交接单) that says who
// gave which pieces and who took them; a piece that is missing is noted and
// confirmed by both, and what is not taken over by the next working day is late
// (徐政发〔2022〕21号（十四）：前台综合受理、后台分类审批).
package relay

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// A State is where a slip stands.
type State string

// The states of a slip.
const (
	OnItsWay State = "on-its-way" // 在途
	Disputed State = "disputed"   // 有缺件，待移交人确认
	Taken    State = "taken"      // 已交接
)

// Han is the state in words.
func (s State) Han() string {
	return map[State]string{OnItsWay: "在途，待接收", Disputed: "有缺件，待移交人确认", Taken: "已交接"}[s]
}

// A Piece is one original.
type Piece struct {
	Case     string `json:"case"`   // cases.ID
	Number   string `json:"number"` // of the case
	Material string `json:"material"`
	Name     string `json:"name"`
	Missing  bool   `json:"missing,omitempty"` // was not there when it was taken over
}

// A Person is who gave or took.
type Person struct {
	Account string `json:"account"`
	Name    string `json:"name"`
	Title   string `json:"title,omitempty"`
}

// A Slip is one bundle of originals on its way (交接单).
type Slip struct {
	ID     string       `json:"id"`
	Agency string       `json:"agency"` // which takes it
	Region string       `json:"region"` // of the window
	From   string       `json:"from"`   // 3 号窗
	Pieces []Piece      `json:"pieces"`
	Giver  Person       `json:"giver"`
	Given  time.Time    `json:"given"`
	Due    calendar.Day `json:"due"`
	Taker  Person       `json:"taker,omitzero"`
	At     time.Time    `json:"at,omitzero"` // when it was taken over
	Say    string       `json:"say,omitempty"`
	Agreed time.Time    `json:"agreed,omitzero"` // when the giver confirmed what was missing
	State  State        `json:"state"`

	Seq  int64  `json:"-"`
	Hash string `json:"-"`
}

// mostCases is how many cases may travel on one slip.
const mostCases = 100

// begin is an empty slip of whoever gives it, who works at a window.
func begin(by identity.Actor, at time.Time) (Slip, error) {
	i := slices.IndexFunc(by.Posts, func(p identity.Post) bool { return p.Role == identity.Window })
	if i < 0 {
		return Slip{}, fault.New(fault.Forbidden, "relay.give.post", "原件由综合窗口移交，您没有窗口岗位")
	}
	return Slip{State: OnItsWay, Giver: personOf(by), Given: event.Moment(at), Region: by.Posts[i].Region, From: by.Posts[i].Window + " 号窗"}, nil
}

// Closed says why the originals of a case that are at the window travel no more: it
// ended without a decision, and they go back to the applicant, or it is on the shelf;
// "" while they do.
func Closed(c *cases.Case) string {
	switch {
	case c.Archived != nil:
		return "已经归档"
	case c.State.Final() && c.Decision == nil:
		return "已经结束，原件退还申请人"
	}
	return ""
}

// add puts the originals of a case that wait at the window on the slip; all on it go
// to one agency, that of the first case.
func (s *Slip) add(c *cases.Case, waiting []Piece, bad *fault.Error) *fault.Error {
	switch {
	case s.Agency != "" && s.Agency != c.Agency:
		return bad.At("numbers", "agency", "%s由另一个部门办，请另开一份交接单", c.Number)
	case Closed(c) != "":
		return bad.At("numbers", "closed", "%s%s", c.Number, Closed(c))
	case len(waiting) == 0:
		return bad.At("numbers", "nothing", "%s没有在窗口等待移交的纸质原件", c.Number)
	}
	s.Agency, s.Pieces = c.Agency, append(s.Pieces, waiting...)
	return bad
}

// Number is what people call the slip: JJ-20260921-7K3Q2P.
func (s Slip) Number() string {
	return "JJ-" + strings.ReplaceAll(calendar.DayOf(s.Given).String(), "-", "") + "-" + sqldb.Short(s.ID)
}

// Late reports whether the slip should have been taken over already.
func (s Slip) Late(today calendar.Day) bool { return s.State != Taken && today > s.Due }

// Missing are the pieces that were not there.
func (s Slip) Missing() []Piece {
	return slices.DeleteFunc(slices.Clone(s.Pieces), func(p Piece) bool { return !p.Missing })
}

// Back reports whether a piece of the slip is at the window again: it was not
// there when the slip was taken over, and the giver has confirmed that.
func (s Slip) Back(p Piece) bool { return p.Missing && s.State == Taken }

// Sees reports whether somebody may see the slip: windows and supervisors of the
// place, and the bureau that takes it.
func (s Slip) Sees(by identity.Actor) bool {
	return by.Covers(s.Region) || s.Takes(by)
}

// Takes reports whether somebody may take the slip over.
func (s Slip) Takes(by identity.Actor) bool { return by.SpeaksFor(s.Agency) }

// mostSay is how many characters a remark may have.
const mostSay = 500

// Receive is the slip after the bureau has counted the pieces: taken over, or
// disputed where one is missing and the giver has yet to confirm that.
func (s Slip) Receive(missing []int, say string, by identity.Actor, at time.Time) (Slip, error) {
	say = strings.TrimSpace(say)
	switch {
	case !s.Takes(by):
		return s, fault.New(fault.Forbidden, "relay.receive.post", "这份交接单由接收部门的审批岗位接收，您没有这个岗位")
	case s.State != OnItsWay:
		return s, fault.New(fault.Conflict, "relay.receive.state", "这份交接单现在是“%s”，不用再接收", s.State.Han())
	case s.Giver.Account == by.Account:
		return s, fault.New(fault.Forbidden, "relay.receive.self", "移交和接收要由两个人办")
	case len(missing) > 0 && say == "":
		return s, fault.New(fault.Invalid, "relay.receive.say", "有缺件，请写明情况").At("say", "required", "有缺件，请写明缺什么、怎样发现的")
	case utf8.RuneCountInString(say) > mostSay:
		return s, fault.New(fault.Invalid, "relay.receive.long", "写得太长").At("say", "length", "最多 %d 个字", mostSay)
	}
	s.Pieces = slices.Clone(s.Pieces)
	for _, i := range missing {
		if i < 0 || i >= len(s.Pieces) {
			return s, fault.New(fault.Invalid, "relay.receive.piece", "交接单上没有这一件，请刷新后再看")
		}
		s.Pieces[i].Missing = true
	}
	s.Taker, s.At, s.Say, s.State = personOf(by), at, say, Taken
	if len(missing) > 0 {
		s.State = Disputed
	}
	return s, nil
}

// Agree is the slip after whoever gave it confirmed what was missing: those
// pieces are with the window again, and go on another slip.
func (s Slip) Agree(by identity.Actor, at time.Time) (Slip, error) {
	switch {
	case s.State != Disputed:
		return s, fault.New(fault.Conflict, "relay.agree.state", "这份交接单现在是“%s”，不用确认", s.State.Han())
	case !by.In(identity.Window, func(p identity.Post) bool { return p.Serves(s.Region) }):
		return s, fault.New(fault.Forbidden, "relay.agree.post", "缺件由移交的窗口确认")
	}
	s.State, s.Agreed = Taken, at
	return s, nil
}

func personOf(by identity.Actor) Person {
	p := Person{Account: by.Account, Name: by.Name}
	if len(by.Posts) > 0 {
		p.Title = by.Posts[0].Title
	}
	return p
}
