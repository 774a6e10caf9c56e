package cases

import (
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/event"
	"tongban/internal/ground/ink"
	"tongban/internal/register/credit"
)

// Moved is told whenever something happens to a case; together these facts are
// its history, and all that is needed to build it again.
type Moved struct {
	Case  ID                `json:"case"`
	Seq   int64             `json:"seq"` // place in the order of what happened to the case, from 1
	Act   Act               `json:"act"`
	From  State             `json:"from"`
	To    State             `json:"to"`
	By    Doer              `json:"by"`
	At    time.Time         `json:"at"`
	Paper PaperKind         `json:"paper,omitempty"`
	Words map[PaperKind]int `json:"words,omitempty"` // edition of the words of each paper it gives, where not the first
	Marks int               `json:"marks,omitempty"` // generation of the key that marks those papers, where not the first

	// What the act brought; each act fills in what it needs.
	Filing    *Filing       `json:"filing,omitempty"`
	Answers   forms.Answers `json:"answers,omitempty"` // all of a submission; of a correction those that were changed
	Amended   *Amended      `json:"amended,omitempty"`
	Confirmed *Confirmed    `json:"confirmed,omitempty"` // by the applicant: what was put right on the spot
	Credit    *credit.Path  `json:"credit,omitempty"`    // of a submission: how its way differs by the applicant's credit
	Materials []Handed      `json:"materials,omitempty"`
	Came      *Arrival      `json:"came,omitempty"` // of materials that were sent by post
	Verdicts  []Verdict     `json:"verdicts,omitempty"`
	Notice    *Notice       `json:"notice,omitempty"`
	Promises  []Promise     `json:"promises,omitempty"`
	Offers    []Promise     `json:"offers,omitempty"` // to bring later, with a submission
	Owing     []string      `json:"owing,omitempty"`  // promised materials that the applicant is reminded of, or that did not come
	Postponed *Postponement `json:"postponed,omitempty"`
	Pledges   []Pledge      `json:"pledges,omitempty"`
	Signed    *Signature    `json:"signed,omitempty"`  // under the pledges
	Found     *Found        `json:"found,omitempty"`   // by a check of the pledges
	Linkage   *Linkage      `json:"linkage,omitempty"` // what the regulator is told, or has received
	Shown     *Shown        `json:"shown,omitempty"`   // of conditions that were pledged to be met later
	Work      *WorkAct      `json:"work,omitempty"`
	Special   *Special      `json:"special,omitempty"`
	Evidence  []Evidence    `json:"evidence,omitempty"` // that the result of a special procedure rests on
	Hearing   *Hearing      `json:"hearing,omitempty"`
	Panel     *Panel        `json:"panel,omitempty"`
	Testers   *Testers      `json:"testers,omitempty"`
	Extension *Extension    `json:"extension,omitempty"`
	Decision  *Decision     `json:"decision,omitempty"`
	Place     int           `json:"place,omitempty"` // that a grant took, of a limited number
	Delivered *Delivered    `json:"delivered,omitempty"`
	Serves    *PaperRef     `json:"serves,omitempty"` // the paper that Delivered is about
	Ending    *Ending       `json:"ending,omitempty"` // of a termination; those before it was asked for have a reason alone
	Handback  *Handback     `json:"handback,omitempty"`
	Later     *Later        `json:"later,omitempty"`
	Until     calendar.Day  `json:"until,omitempty"` // last day of what was issued
	Received  calendar.Day  `json:"received,omitempty"`
	Timer     string        `json:"timer,omitempty"`    // flow.Wait that ran out
	Edition   int           `json:"edition,omitempty"`  // the case goes on under this edition from here
	Weighed   int           `json:"weighed,omitempty"`  // edition it was held against
	Agency    string        `json:"agency,omitempty"`   // whose the case is from here, as its item was handed over
	Reckoned  *Reckoned     `json:"reckoned,omitempty"` // the automatic rules as they came out
	Checked   *Checked      `json:"checked,omitempty"`
	Urging    *Urging       `json:"urging,omitempty"`
	Archived  *Archived     `json:"archived,omitempty"`
	Reason    string        `json:"reason,omitempty"`
	Basis     string        `json:"basis,omitempty"`
	Produced  string        `json:"produced,omitempty"` // identifier of a certificate issued

	plain string // files that private answers name: nobody can read those once they are sealed
}

// Plain implements event.Sealing.
func (m Moved) Plain() string { return m.plain }

// FactName is the name listeners ask for.
func (Moved) FactName() string { return "cases.moved" }

// Ended reports whether the move decided or ended the case.
func (m Moved) Ended() bool { return m.From.Open() && m.To.Final() }

// Doer is who did something, as the history shows them.
type Doer struct {
	Account string        `json:"account,omitempty"`
	Name    string        `json:"name"`
	Role    identity.Role `json:"role"`
	Title   string        `json:"title,omitempty"` // 岗位
	Agency  string        `json:"agency,omitempty"`
	For     string        `json:"for,omitempty"`   // account whose work it was, when somebody stood in (AB岗)
	Under   string        `json:"under,omitempty"` // on whose word, when a chief representative acted (首席代表)
}

// Filing is what a submission fixes for good.
type Filing struct {
	Item      items.ID       `json:"item"`
	Edition   int            `json:"edition"`
	ItemName  string         `json:"itemName"`
	Agency    string         `json:"agency"`
	Region    string         `json:"region"`
	Applicant Applicant      `json:"applicant"`
	Channel   string         `json:"channel"`
	Delivery  Delivery       `json:"delivery,omitzero"`
	Signed    *ink.Signature `json:"signed,omitempty"` // under the application form
}

// WorkAct is something done to a piece of work.
type WorkAct struct {
	ID      string         `json:"id"`   // of the flow.Work
	Node    string         `json:"node"` //
	Name    string         `json:"name"` // of the step
	Answers map[string]any `json:"answers,omitempty"`
	Opinion string         `json:"opinion,omitempty"`
	To      string         `json:"to,omitempty"`     // node sent back to, or account it goes to
	ToName  string         `json:"toName,omitempty"` //

	Evidence []Evidence `json:"evidence,omitempty"`
}

// Extension is the one extension the law allows (行政许可法第四十二条).
type Extension struct {
	Limit    clock.Limit `json:"limit"`
	Promise  clock.Limit `json:"promise,omitzero"` // by which a promise of months or years is lengthened; before it was noted such were not
	Approver string      `json:"approver"`
	Reason   string      `json:"reason"`
}

// Stream is where the facts of the case are kept.
func (id ID) Stream() string { return "case/" + string(id) }

var _ event.Fact = Moved{}
