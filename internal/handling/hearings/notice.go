package hearings

import (
	"crypto/sha256"
	"fmt"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/handling/cases"
)

// ID is the key of a notice. It says nothing of the case to those who read it.
type ID string

// Stream is where the facts of the notice are kept.
func (id ID) Stream() string { return "hearing/" + string(id) }

// A Notice is what the public reads of one hearing (听证公告).
type Notice struct {
	ID        ID           `json:"id"`
	Case      cases.ID     `json:"case"`
	Number    string       `json:"number"` // of the case; the public does not read it
	Item      items.ID     `json:"item"`
	ItemName  string       `json:"itemName"`
	Agency    string       `json:"agency"`
	Region    string       `json:"region"`
	Party     string       `json:"party"`     // who applies
	Applicant string       `json:"applicant"` // as the public may read them
	About     string       `json:"about"`
	Reason    string       `json:"reason,omitempty"`
	Ground    string       `json:"ground"`
	At        time.Time    `json:"at"`
	Place     string       `json:"place"`
	Host      string       `json:"host"`
	SignBy    calendar.Day `json:"signBy"`
	Seats     int          `json:"seats"`
	Contact   string       `json:"contact"`
	Posted    time.Time    `json:"posted"`
	Told      int64        `json:"told"`           // how often the public was told: once, and whenever it was put off or ended
	Moved     time.Time    `json:"moved,omitzero"` // when it was last put off
	Ended     time.Time    `json:"ended,omitzero"` // held, or not to be held any more
	Outcome   string       `json:"outcome,omitempty"`
	Upto      int64        `json:"upto"` // fact of the case that it goes back to

	Head event.Head `json:"-"`
}

// NameOf is the key of the notice of a case's hearing: always the same.
func NameOf(id cases.ID, h *cases.Hearing) ID {
	sum := sha256.Sum256([]byte(string(id) + "/" + h.Told.UTC().Format(time.RFC3339Nano)))
	return ID(fmt.Sprintf("%x", sum[:8]))
}

// Tell is the notice after what happened to its case, or false if the public
// need not be told anything: told twice, it changes nothing.
func (n Notice) Tell(c *cases.Case, m cases.Moved) (Notice, bool) {
	h := m.Hearing
	switch {
	case m.Seq <= n.Upto || !n.Ended.IsZero():
		return n, false
	case h != nil && h.Minutes == nil && h.Public != nil:
		n = n.call(c, m)
	case h != nil && h.Minutes != nil && n.Told > 0:
		n.Ended, n.Outcome = m.At, "没有举行"
		if h.Minutes.Held {
			n.Outcome = "已经举行，将根据听证笔录作出决定"
		}
	case h == nil && m.Ended() && n.Told > 0:
		n.Ended, n.Outcome = m.At, "办件已经结束（"+m.To.Han()+"），不再举行"
	default:
		return n, false
	}
	n.Upto = m.Seq
	n.Told++
	return n, true
}

func (n Notice) call(c *cases.Case, m cases.Moved) Notice {
	h := m.Hearing
	if n.Told == 0 {
		n = Notice{ID: NameOf(c.ID, h), Posted: m.At}
	} else if !n.At.Equal(h.At) || n.Place != h.Place {
		n.Moved = m.At
	}
	n.Case, n.Number, n.Item, n.ItemName, n.Agency, n.Region = c.ID, c.Number, c.Item, c.ItemName, c.Agency, c.Region
	n.Party, n.Applicant, n.About, n.Reason = c.Applicant.Party, c.Applicant.Shown(), h.About, h.Reason
	n.At, n.Place, n.Host = h.At, h.Place, h.Host
	n.Ground, n.SignBy, n.Seats, n.Contact = h.Public.Ground, h.Public.SignBy, h.Public.Seats, h.Public.Contact
	return n
}

// Open reports whether one may sign up.
func (n *Notice) Open(at time.Time) bool {
	return n.Ended.IsZero() && calendar.DayOf(at) <= n.SignBy
}

// Past reports whether the hearing can no longer be joined or left: it was held, will
// not be held any more, or its time has come.
func (n *Notice) Past(at time.Time) bool { return !n.Ended.IsZero() || !at.Before(n.At) }

// CallBy is the last day on which somebody can be chosen to speak: they are
// called seven working days before (行政许可法第四十八条第一款第一项).
func (n *Notice) CallBy(days clock.Days) calendar.Day {
	return clock.HearingNotice.By(calendar.DayOf(n.At), days)
}

// Standing is where the hearing is, in a word.
func (n *Notice) Standing(at time.Time) string {
	switch {
	case !n.Ended.IsZero():
		return n.Outcome
	case n.Open(at):
		return "报名中"
	case at.Before(n.At):
		return "报名已截止，待举行"
	}
	return "等待听证笔录"
}

// Posted is told of everything that the public is told of a hearing, and of who
// was chosen for it: the notice as it is from then on.
type Posted struct {
	Notice Notice    `json:"notice"`
	Chosen []Choice  `json:"chosen,omitempty"`
	By     string    `json:"by,omitempty"` // account of whoever chose
	When   time.Time `json:"when"`
}

// FactName is the name listeners ask for.
func (Posted) FactName() string { return "hearings.posted" }
