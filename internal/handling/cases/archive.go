package cases

import (
	"slices"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/register/archives"
)

// Archived is where a case stands on the shelf (归档): from then on it is read
// from its package, until something moves it again.
type Archived struct {
	Number  string    `json:"number"` // 档号
	Version int64     `json:"version"`
	Digest  string    `json:"digest"` // of the package
	At      time.Time `json:"at"`
}

// Archive notes that the case was put on the shelf. What still waits for
// somebody is not: a result to be served, work, a promise, a change of the
// decision. Fault: cases.archive.open.
func (c *Case) Archive(p archives.Package, at time.Time) (Moved, error) {
	doer, err := c.judge(Archive, identity.TheSystem)
	if err != nil {
		return Moved{}, err
	}
	if say := c.awaits(); say != "" {
		return Moved{}, fault.New(fault.Conflict, "cases.archive.open", "办件%s%s，不能归档", c.Number, say)
	}
	m := c.moved(Archive, c.State, doer, at)
	m.Archived = &Archived{Number: p.Number, Version: p.Version, Digest: p.Digest, At: at}
	return m, nil
}

// awaits is what is still to come from somebody; "" when the case rests.
func (c *Case) awaits() string {
	switch {
	case c.Archived != nil:
		return "已经归档"
	case !c.State.Final():
		return "还没有办结"
	case c.Issuing():
		return "结果还没有送达"
	case len(c.Flow.Open) > 0:
		return "还有没办完的环节"
	case c.Unanswered() != nil:
		return "督办还没有答复"
	case c.Later.Pending() || c.Later != nil && c.Later.Granted && c.Later.Served == nil:
		return "决定的变动还没有办完"
	case c.Check != nil && !c.Check.Done:
		return "承诺还没有核查"
	case c.Wanting():
		return "自动决定还没有抽查"
	}
	return ""
}

// reopens are the acts that fetch a case back from the shelf: what the law lets
// somebody begin when all is over, and proof of service that comes late. Everything
// that follows from them happens in the working tables again. What else Life knows of
// closed cases was settled before the case was archived, for it rested; a rating, late
// or not, and the verification of papers and certificates leave the case where it is. When a court
// or a body of review (行政复议、行政诉讼) undoes a decision the agency that made it
// carries that out by ProposeLater.
var reopens = []Act{AskChange, AskRenewal, AskCancel, ProposeLater, RemindExpiry, ServePaper}

// mayOnShelf refuses what cannot be done to an archived case.
func (c *Case) mayOnShelf(act Act) error {
	if c.Archived == nil || slices.Contains(reopens, act) {
		return nil
	}
	return fault.New(fault.Conflict, "cases."+string(act)+".archived", "办件已归档（档号%s），不能%s", c.Archived.Number, MoveOf(act).Name)
}

// shelve keeps where the case stands; whatever moves it takes it off the shelf.
func (c *Case) shelve(m Moved, _ Frame) error {
	c.Archived = m.Archived
	return nil
}

// Parcel is what the package of a case holds.
func (c *Case) Parcel(facts []event.Record, papers []Paper, author string, keep archives.Keep) archives.Content {
	p := archives.Content{Level: "件", About: c.Number, Title: c.Applicant.Name + "申请" + c.ItemName + "（" + c.StateHan() + "）",
		Author: author, Agency: c.Agency, Item: string(c.Item), Edition: c.Edition, Holder: c.Applicant.Name, Opened: c.Opened, Closed: c.Closed,
		Result: c.StateHan(), Keep: keep, Digests: "SM3", Head: c.Head, Facts: facts}
	for _, one := range papers {
		p.Papers = append(p.Papers, archives.Paper{Kind: string(one.Kind), Title: one.Title, Seq: one.Seq, Year: one.Year, Serial: one.Serial})
	}
	for of, f := range c.Files() {
		p.Files = append(p.Files, archives.File{Of: of, Name: f.Name, Type: f.Type, Size: f.Size, Hash: f.Hash})
	}
	return p
}
