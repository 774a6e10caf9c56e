package cases

import (
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/event"
	"tongban/internal/ground/ink"
	"tongban/internal/register/credit"
)

// ID is the key of a case inside the platform; people know it by its Number.
type ID string

// Case is one application for one item, and all that is on file about it.
type Case struct {
	ID     ID     `json:"id"`
	Number string `json:"-"` // 办件编号, allotted when it is kept

	Item     items.ID `json:"item"`
	Edition  int      `json:"edition"`
	ItemName string   `json:"itemName"`
	Agency   string   `json:"agency"` // which decides (agencies.ID)
	Region   string   `json:"region"`

	Applicant Applicant     `json:"applicant"`
	Channel   string        `json:"channel"` // how it was filed: pc, mobile, window, kiosk, api
	Answers   forms.Answers `json:"answers,omitempty"`
	Materials []Handed      `json:"materials,omitempty"`
	Delivery  Delivery      `json:"delivery,omitzero"`
	Credit    *credit.Path  `json:"credit,omitempty"` // how its way differs by the applicant's credit; nil: it does not

	State    State        `json:"state"`
	Deemed   bool         `json:"deemed,omitempty"` // accepted by silence (视为受理)
	Received calendar.Day `json:"received"`         // the day that counts as the day of receipt
	Opened   time.Time    `json:"opened"`
	Closed   time.Time    `json:"closed,omitzero"`

	Statutory clock.Clock  `json:"statutory,omitzero"` // 法定时限
	Joint     string       `json:"joint,omitempty"`    // 统一、联合、集中办理: 45 and 15 working days (行政许可法第四十二条)
	Promised  clock.Clock  `json:"promised,omitzero"`  // 承诺时限
	Flow      flow.Marking `json:"flow"`

	Timers      []Timer      `json:"timers,omitempty"`   // times the procedure has set
	Involved    []string     `json:"involved,omitempty"` // agencies that have had work in it
	Notices     []Notice     `json:"notices,omitempty"`
	Amended     []Amended    `json:"amended,omitempty"` // changes of the application form after filing
	Promises    []Promise    `json:"promises,omitempty"`
	Offers      []Promise    `json:"offers,omitempty"`     // what the applicant, filing, offered to bring later
	Signatures  []Signature  `json:"signatures,omitempty"` // under the letters of pledge
	Pledges     []Pledge     `json:"pledges,omitempty"`
	Check       *PledgeCheck `json:"check,omitempty"`   // of what was pledged, after the decision
	Linkage     *Linkage     `json:"linkage,omitempty"` // what the regulator was told of a pledge found untrue
	Hearing     *Hearing     `json:"hearing,omitempty"`
	Place       *Place       `json:"place,omitempty"`       // among those who compete for a limited number
	FirstReview *FirstReview `json:"firstReview,omitempty"` // by a lower agency, before the upper one decides
	Testers     *Testers     `json:"testers,omitempty"`     // by technical standards
	Panel       *Panel       `json:"panel,omitempty"`       // of drawn experts, the latest
	Specials    []Special    `json:"specials,omitempty"`
	Decision    *Decision    `json:"decision,omitempty"`
	Papers      []Paper      `json:"papers,omitempty"`
	Certificate string       `json:"certificate,omitempty"` // identifier of what was issued
	Delivered   *Delivered   `json:"delivered,omitempty"`
	Until       calendar.Day `json:"until,omitempty"`      // last day of what was issued; none: no end
	RenewBefore clock.Limit  `json:"renewBefore,omitzero"` // how long before that a renewal is to be asked for
	Reminded    int          `json:"reminded,omitempty"`   // times the holder was reminded of it
	Later       *Later       `json:"later,omitempty"`      // what became of the decision afterwards
	Urged       int          `json:"urged,omitempty"`      // times it was urged by a supervisor
	Weighed     int          `json:"weighed,omitempty"`    // latest edition it was held against
	Prejudged   *Prejudged   `json:"prejudged,omitempty"`  // what the automatic rules found last
	Urgings     []Urging     `json:"urgings,omitempty"`    // what it was urged to, and the answers
	Evidence    []Evidence   `json:"evidence,omitempty"`   // that opinions rest on
	Archived    *Archived    `json:"archived,omitempty"`   // where it stands on the shelf

	Head event.Head `json:"-"` // where its facts end; also its version
}

// Handed is one material on file.
type Handed struct {
	Material    string   `json:"material"` // items.Material.ID
	Name        string   `json:"name"`
	Files       []File   `json:"files,omitempty"`
	Certificate string   `json:"certificate,omitempty"` // identifier, when fetched instead of handed in (免提交)
	Vouched     string   `json:"vouched,omitempty"`     // by whom that certificate is, if not by this city's register: the place that took it in, the matter it came of
	Paper       bool     `json:"paper,omitempty"`       // handed over at a window on paper
	At          int64    `json:"at"`                    // fact that brought it
	Spot        bool     `json:"spot,omitempty"`        // it took the place of another on the spot, and says nothing that the clerk could not see
	Verdict     *Verdict `json:"verdict,omitempty"`
}

// File is an uploaded file, kept under its content's hash.
type File struct {
	Hash string `json:"hash"`
	Name string `json:"name"`
	Type string `json:"type"`
	Size int64  `json:"size"`
}

// FileOf is the stored file ref, called name.
func FileOf(ref blob.Ref, name string) File {
	return File{Hash: ref.Hash, Name: name, Type: string(ref.Type), Size: ref.Size}
}

// Promise is the applicant's written word to hand in a missing minor material
// (容缺受理承诺, 徐政发〔2022〕21号（七）).
type Promise struct {
	Material string       `json:"material"`
	Name     string       `json:"name"`
	Form     string       `json:"form,omitempty"` // in which it is to come; "" on those given before it was told
	By       calendar.Day `json:"by"`
	Kept     bool         `json:"kept,omitempty"`

	Since     calendar.Day `json:"since,omitempty"`     // when it was given, or its day moved
	Reminded  int          `json:"reminded,omitempty"`  // times the applicant was reminded of the day
	Postponed bool         `json:"postponed,omitempty"` // the day was moved, which is done once
	Lapsed    bool         `json:"lapsed,omitempty"`    // the day passed and nothing came

	Signed   *ink.Signature `json:"signed,omitempty"`   // under the letter
	OnPaper  bool           `json:"onPaper,omitempty"`  // the letter was signed on paper, which the window keeps
	Attorney bool           `json:"attorney,omitempty"` // the window keeps the power of attorney of whoever signed it for the applicant (授权委托书)
	Offered  bool           `json:"offered,omitempty"`  // the letter was signed with the application
}

// Special is a special procedure (特别程序). Its time does not count (行政许可法第四十五条),
// unless the guide says that it does.
type Special struct {
	ID      string       `json:"id"`
	Kind    string       `json:"kind"` // 现场勘验、听证、专家评审……
	Reason  string       `json:"reason"`
	Limit   clock.Limit  `json:"limit"`
	Counted bool         `json:"counted,omitempty"` // the clocks run on
	From    calendar.Day `json:"from"`
	Until   calendar.Day `json:"until,omitempty"`
	Result  string       `json:"result,omitempty"`

	SpecialRecord
}

// Open reports whether the special procedure is still running.
func (s Special) Open() bool { return s.Until == 0 }

// pause is how clocks stand still for it, from a moment.
func (s Special) pause(from time.Time) clock.Pause {
	return clock.Pause{Key: s.ID, Kind: s.Kind, Reason: s.Reason, From: clock.At(from), Planned: s.Limit}
}

// own is a special procedure that counts as a time of its own.
func (s Special) own() clock.Pause {
	p := s.pause(s.From.Start())
	if !s.Open() {
		p.Until = clock.At(s.Until.Start())
	}
	return p
}

// CountedSay is whether its time counts, in words.
func (s Special) CountedSay() string { return items.Special{Counted: s.Counted}.CountedSay() }

// ClockSay is whether the clocks stand still for it, in words.
func (s Special) ClockSay() string {
	if s.Counted {
		return s.CountedSay()
	}
	return "期间停表"
}

// Decision is how the case was decided.
type Decision struct {
	Granted    bool       `json:"granted"`
	Reason     string     `json:"reason,omitempty"`
	Basis      string     `json:"basis,omitempty"`
	Conditions string     `json:"conditions,omitempty"`
	Heard      string     `json:"heard,omitempty"`     // what was made of the hearing
	False      bool       `json:"false,omitempty"`     // denied because of untrue materials or hidden facts (行政许可法第七十八条)
	Kind       items.Type `json:"kind,omitempty"`      // of what was denied, since it is told
	Called     string     `json:"called,omitempty"`    // 准予行政许可, 不予给付……, since it is told; its paper is titled so
	Title      string     `json:"title,omitempty"`     // of that paper, where it is not called after the decision
	Signed     []string   `json:"signed"`              // names of those who decided
	Automatic  bool       `json:"automatic,omitempty"` // by rules, without a person (秒批)
	Under      string     `json:"under,omitempty"`     // on whose word chief representatives signed (首席代表)
	At         time.Time  `json:"at"`
}

// Delivery is how the applicant wants the result (送达方式).
type Delivery struct {
	Way     string `json:"way,omitempty"`     // electronic, window, post
	Address string `json:"address,omitempty"` // for post
}

// Delivered is proof of service (送达回证).
type Delivered struct {
	Way      string         `json:"way"`
	Receiver string         `json:"receiver"`
	Waybill  string         `json:"waybill,omitempty"`
	Place    string         `json:"place,omitempty"`    // where it was handed over, left, or made public
	Witness  string         `json:"witness,omitempty"`  // of leaving it there (留置)
	Relation string         `json:"relation,omitempty"` // of who received it for the applicant (代收)
	Refusal  string         `json:"refusal,omitempty"`  // why it was not taken, where it was left (拒收事由)
	On       calendar.Day   `json:"on,omitempty"`       // it was received, left, reached the applicant's system, or was made public; none: when it was noted
	Proof    []File         `json:"proof,omitempty"`    // photographs, receipts
	Signed   *ink.Signature `json:"signed,omitempty"`   // of the receiver
	Served   calendar.Day   `json:"served,omitempty"`   // the day that counts: terms of remedies run from the next
	At       time.Time      `json:"at"`
}

// Has returns the material on file, if it is.
func (c *Case) Has(material string) (*Handed, bool) {
	for i := range c.Materials {
		if c.Materials[i].Material == material {
			return &c.Materials[i], true
		}
	}
	return nil, false
}

// Clock is the one that binds: the promise where there is one, or the law's.
func (c *Case) Clock() clock.Clock {
	if c.Promised.Started != 0 {
		return c.Promised
	}
	return c.Legal()
}

// Legal is the law's clock that binds: that of a lower agency until its opinion went up.
func (c *Case) Legal() clock.Clock {
	if c.Statutory.Started == 0 {
		return c.LowerTime()
	}
	return c.Statutory
}

// Began is when the case was accepted, as its clocks tell; none if nothing is limited.
func (c *Case) Began() clock.Moment {
	if k := c.LowerTime(); k.Started != 0 {
		return k.Started
	}
	return c.Clock().Started
}

// Stood are all the times that do not count, of whichever clock.
func (c *Case) Stood() []clock.Pause {
	if c.Statutory.Started == 0 && c.Promised.Started == 0 {
		return c.LowerTime().Pauses
	}
	return slices.Concat(c.LowerTime().Pauses, c.Clock().Pauses)
}

// Procedures are the times of all special procedures, also of those that count.
func (c *Case) Procedures() []clock.Pause {
	all := slices.Clone(c.Stood())
	for _, s := range c.Specials {
		if s.Counted {
			all = append(all, s.own())
		}
	}
	return all
}

// Issuing reports whether a result waits to be handed over or served.
func (c *Case) Issuing() bool {
	return (c.State == Granted || c.State == Denied) && c.Delivered == nil
}
