package revisions

import (
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
)

// ID is the key of a revision.
type ID string

// Stream is where the facts of the revision are kept.
func (id ID) Stream() string { return "revision/" + string(id) }

// Reason is why an item is changed (调整原因).
type Reason string

// The reasons for a change.
const (
	LawChanged Reason = "法规变化"
	Delegated  Reason = "下放承接"
	Improved   Reason = "优化服务"
)

// Reasons lists them in the order in which pages offer them.
var Reasons = []Reason{LawChanged, Delegated, Improved}

// A Revision is one change of one item, from its first draft to its end.
type Revision struct {
	ID     ID       `json:"id"`
	Item   items.ID `json:"item"`
	Base   int      `json:"base"`             // edition it began from; 0: the item does not exist yet
	Claims items.ID `json:"claims,omitempty"` // the superior's item that is claimed (认领)
	Region string   `json:"region"`           // whose desk it is on: the level that reviews it

	Reason  Reason `json:"reason"`
	Why     string `json:"why"`             // the law, the notice or the case for it, in a sentence
	Twice   bool   `json:"twice,omitempty"` // 二报二审
	Retires bool   `json:"retires,omitempty"`

	State State          `json:"state"`
	Round int            `json:"round"` // how often it was approved at its own level since the last return
	Text  *items.Edition `json:"text"`  // the next edition, as far as it is written

	Imported *Imported `json:"imported,omitempty"` // the file it came in, if it did

	Opened    time.Time `json:"opened"`
	Editors   []Doer    `json:"editors"`             // everyone who changed the text
	Reviewers []Doer    `json:"reviewers,omitempty"` // who approved it, since the last return
	Documents []string  `json:"documents,omitempty"` // numbers of the letters it was reported and confirmed with
	Returned  string    `json:"returned,omitempty"`  // why it was last sent back

	PublicFrom  calendar.Day `json:"publicFrom,omitzero"`
	PublicUntil calendar.Day `json:"publicUntil,omitzero"` // last day of the publicity
	Comments    []Opinion    `json:"comments,omitempty"`

	Published int    `json:"published,omitempty"` // the edition it became
	Asked     string `json:"asked,omitempty"`     // the last request carried out on it

	Head event.Head `json:"-"` // where its facts end; also its version
}

// Version is what a page says it has seen.
func (r *Revision) Version() int64 { return r.Head.Seq }

// Doer is who did something, as the history shows them.
type Doer struct {
	Account string `json:"account,omitempty"`
	Name    string `json:"name"`
	Title   string `json:"title,omitempty"`
	Agency  string `json:"agency,omitempty"`
}

// An Opinion is what somebody said of a publicity (公示意见), and what was
// answered.
type Opinion struct {
	By       string    `json:"by"`
	Party    string    `json:"party,omitempty"`
	Say      string    `json:"say"`
	At       time.Time `json:"at"`
	Adopted  bool      `json:"adopted,omitempty"`
	Answer   string    `json:"answer,omitempty"`
	Answered time.Time `json:"answered,omitzero"`
}

// Moved is the fact that something happened to a revision. Which text was
// meant is told by its digest.
type Moved struct {
	Revision ID        `json:"revision"`
	Seq      int64     `json:"seq"`
	Act      Act       `json:"act"`
	From     State     `json:"from"`
	To       State     `json:"to"`
	By       Doer      `json:"by"`
	Part     Part      `json:"part"`
	At       time.Time `json:"at"`
	Request  string    `json:"request,omitempty"`

	Start     *Start         `json:"start,omitempty"`
	Region    string         `json:"region,omitempty"`
	Base      int            `json:"base,omitempty"`
	Digest    string         `json:"digest,omitempty"`
	Effective calendar.Day   `json:"effective,omitzero"`
	Say       string         `json:"say,omitempty"`      // reason, opinion, answer
	Document  string         `json:"document,omitempty"` // number of the letter
	Since     calendar.Day   `json:"publicFrom,omitzero"`
	Until     calendar.Day   `json:"publicUntil,omitzero"`
	Opinion   *Opinion       `json:"opinion,omitempty"`
	Number    int            `json:"number,omitempty"` // of the comment answered, from 0; of the edition published
	Adopted   bool           `json:"adopted,omitempty"`
	Item      items.ID       `json:"item"`
	Name      string         `json:"name"`
	text      *items.Edition // kept with the revision, not in the fact
}

// FactName is revisions.moved.
func (Moved) FactName() string { return "revisions.moved" }

// Start is how a revision begins.
type Start struct {
	Item      items.ID     `json:"item"`
	Reason    Reason       `json:"reason"`
	Why       string       `json:"why"`
	Twice     bool         `json:"twice,omitempty"`
	Effective calendar.Day `json:"effective,omitzero"`
	Retire    bool         `json:"retire,omitempty"` // end the item on that day
	Claims    items.ID     `json:"claims,omitempty"` // the superior's item that is claimed
	Imported  *Imported    `json:"imported,omitempty"`
}

// Apply makes a fact true of the revision. It is the only function that changes
// one; the same facts always end in the same revision, but for the text, which
// the facts know by its digest.
func (r *Revision) Apply(m Moved) {
	r.ID, r.State, r.Item = m.Revision, m.To, m.Item
	if s := m.Start; s != nil {
		r.Claims, r.Imported = s.Claims, s.Imported
		r.Region, r.Base, r.Reason, r.Why, r.Twice, r.Retires, r.Opened = m.Region, m.Base, s.Reason, s.Why, s.Twice, s.Retire, m.At
	}
	if m.text != nil {
		r.Text = m.text
	}
	switch m.Act {
	case Open, Save, Rebase:
		r.edit(m)
	case Submit:
		r.Returned = ""
		r.document(m.Document)
	case Approve:
		r.Round, r.Reviewers = r.Round+1, append(slices.Clone(r.Reviewers), m.By)
		r.document(m.Document)
	case Return, Redraft:
		r.Round, r.Reviewers, r.Returned = 0, nil, m.Say
		r.PublicFrom, r.PublicUntil = 0, 0
	case Confirm:
		r.PublicFrom, r.PublicUntil = m.Since, m.Until
		r.document(m.Document)
	case Comment:
		r.Comments = append(slices.Clone(r.Comments), *m.Opinion)
	case Answer:
		r.Comments = slices.Clone(r.Comments)
		c := &r.Comments[m.Number]
		c.Answer, c.Adopted, c.Answered = m.Say, m.Adopted, m.At
	case Publish:
		r.Published = m.Number
	}
}

func (r *Revision) edit(m Moved) {
	if m.Act == Rebase {
		r.Base = m.Base
	}
	if !slices.ContainsFunc(r.Editors, func(d Doer) bool { return d.Account == m.By.Account }) {
		r.Editors = append(slices.Clone(r.Editors), m.By)
	}
}

func (r *Revision) document(number string) {
	if number != "" {
		r.Documents = append(slices.Clone(r.Documents), number)
	}
}

// Unanswered counts the opinions that nobody has answered.
func (r *Revision) Unanswered() int {
	n := 0
	for _, c := range r.Comments {
		if c.Answered.IsZero() {
			n++
		}
	}
	return n
}
