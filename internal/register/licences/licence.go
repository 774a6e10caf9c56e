package licences

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/ground/event"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

// ID is the key of a licence; people know it by its Number.
type ID string

// Stream is where the facts of the licence are kept.
func (id ID) Stream() string { return "licence/" + string(id) }

// Licence is one composite licence as it stands in its latest edition.
type Licence struct {
	ID     ID     `json:"id"`
	Number string `json:"number"`
	Matter string `json:"matter"` // what it was applied for with: a joint case
	Party  string `json:"party"`  // parties.ID of the holder

	Industry string       `json:"industry"` // key of the template
	Name     string       `json:"name"`     // 便利店
	Lead     seals.Agency `json:"lead"`     // who puts the permits on one paper
	Area     string       `json:"area"`

	Edition int       `json:"edition"`
	Sheet   string    `json:"sheet"` // identifier of the sealed paper of this edition
	Parts   []Part    `json:"parts"`
	Opened  time.Time `json:"opened"`
	Changed time.Time `json:"changed"`

	Head event.Head `json:"-"`
}

// Part is one permit on the licence, as its own certificate says.
type Part struct {
	Certificate string             `json:"certificate"` // identifier
	Item        string             `json:"item"`
	Permit      string             `json:"permit"` // 食品经营许可证
	Number      string             `json:"number"`
	Agency      seals.Agency       `json:"agency"`
	Scope       string             `json:"scope,omitempty"`
	From        calendar.Day       `json:"from"`
	Till        calendar.Day       `json:"till,omitzero"` // no day: 长期
	State       certificates.State `json:"state"`
	Since       int                `json:"since"` // edition that shows it so first
}

// PartOf is what a certificate says, as a part.
func PartOf(c *certificates.Certificate) Part {
	return Part{
		Certificate: c.Identifier, Item: c.Item, Permit: c.TypeName, Number: c.Number, Agency: c.Issuer, Scope: scope(c.Face),
		From: c.From, Till: c.Till, State: c.State,
	}
}

// scopes are the words in the labels of a face that say what is permitted.
var scopes = []string{"范围", "项目", "业态", "类别", "品种", "种类"}

// scope is what a face says is permitted.
func scope(face []certificates.Entry) string {
	var all []string
	for _, line := range face {
		if slices.ContainsFunc(scopes, func(word string) bool { return strings.Contains(line.Label, word) }) && line.Text != "" {
			all = append(all, line.Text)
		}
	}
	return strings.Join(all, "；")
}

// Root is what all versions of a certificate have in common.
func Root(identifier string) string {
	id, err := codes.ParseCertificateID(identifier)
	if err != nil {
		return identifier
	}
	return id.Type + "." + id.Issuer + "." + id.Serial
}

// Issuer is the code of the agency that issued a certificate.
func Issuer(identifier string) string {
	id, err := codes.ParseCertificateID(identifier)
	if err != nil {
		return ""
	}
	return id.Issuer
}

// version is which version of its certificate the part shows.
func (p Part) version() int {
	id, err := codes.ParseCertificateID(p.Certificate)
	if err != nil {
		return 0
	}
	return id.Version
}

// Standing is the part's state on a day: valid until its last day is over.
func (p Part) Standing(day calendar.Day) certificates.State {
	if p.State == certificates.Valid && p.Till != 0 && day > p.Till {
		return certificates.Expired
	}
	return p.State
}

// Validity is the part's own period as people read it.
func (p Part) Validity() string {
	return certificates.Record{From: p.From, Till: p.Till}.Validity()
}

// ended reports whether nothing brings the part back: 注销、撤销、吊销、撤回.
func (p Part) ended() bool {
	return p.State == certificates.Cancelled || p.State == certificates.Withdrawn || p.State == certificates.Revoked || p.State == certificates.Recalled
}

// Part finds the part that shows a certificate, in whichever version.
func (l *Licence) Part(certificate string) (*Part, bool) {
	root := Root(certificate)
	for i := range l.Parts {
		if Root(l.Parts[i].Certificate) == root {
			return &l.Parts[i], true
		}
	}
	return nil, false
}

// A Standing is how a whole licence stands; it follows from its parts.
type Standing string

// The ways in which a licence stands.
const (
	Whole Standing = "有效"   // every part is valid
	Some  Standing = "部分有效" // at least one is
	Held  Standing = "暂停"   // none is, but one may come back
	None  Standing = "失效"   // nothing is left of it
)

// Standing follows from the parts: one that does not hold takes no other with it.
func (l *Licence) Standing(day calendar.Day) Standing {
	valid, held := 0, 0
	for _, p := range l.Parts {
		switch p.Standing(day) {
		case certificates.Valid:
			valid++
		case certificates.Suspended:
			held++
		}
	}
	switch {
	case valid == len(l.Parts) && valid > 0:
		return Whole
	case valid > 0:
		return Some
	case held > 0:
		return Held
	}
	return None
}

// Earliest is the part that ends first of those that are valid on a day; each
// is good for its own time.
func (l *Licence) Earliest(day calendar.Day) (Part, bool) {
	valid := slices.DeleteFunc(slices.Clone(l.Parts), func(p Part) bool { return p.Till == 0 || p.Standing(day) != certificates.Valid })
	if len(valid) == 0 {
		return Part{}, false
	}
	return slices.MinFunc(valid, func(a, b Part) int { return cmp.Compare(a.Till, b.Till) }), true
}

// Validity is how long the licence is good, in words.
func (l *Licence) Validity(day calendar.Day) string {
	if p, ok := l.Earliest(day); ok {
		return "各项许可各自计算，最早到期的是“" + p.Permit + "”：" + p.Till.Han()
	}
	switch l.Standing(day) {
	case None, Held:
		return "目前没有有效的许可"
	case Some:
		return "目前有效的许可均长期有效"
	}
	return "各项许可均长期有效"
}
