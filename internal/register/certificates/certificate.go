package certificates

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/register/certificates/qr"
	"tongban/internal/register/seals"
)

// A Holder is whose certificate it is (持证主体).
type Holder struct {
	Party string `json:"-"` // parties.ID; not for strangers' eyes
	Name  string `json:"name"`
	Code  string `json:"code"`
	Kind  string `json:"kind"` // 持证主体代码类型: 001 credit code, 111 identity number, 414 passport …
}

// An Entry is one line of the face as it was written.
type Entry struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

// Record is all that a certificate says: the directory elements of GB/T 36902
// and 36903 and its face. It never changes once it is sealed.
type Record struct {
	Layout     int          `json:"layout"` // how the page is drawn
	Identifier string       `json:"identifier"`
	Type       string       `json:"type"`
	TypeName   string       `json:"typeName"`
	Definer    string       `json:"definer"`
	Number     string       `json:"number"` // 证照编号, as printed
	Version    int          `json:"version"`
	Previous   string       `json:"previous,omitempty"` // 关联证照标识
	Issuer     seals.Agency `json:"issuer"`
	Area       string       `json:"area"` // 管辖属地编码
	Holder     Holder       `json:"holder"`
	Issued     calendar.Day `json:"issued"`
	From       calendar.Day `json:"from"`
	Till       calendar.Day `json:"till"` // no day: 长期
	Face       []Entry      `json:"face"`
	Item       string       `json:"item,omitempty"`
	ItemName   string       `json:"itemName,omitempty"`
	Case       string       `json:"case,omitempty"`
	Address    string       `json:"address"` // where a stranger can look it up
}

// Certificate is a certificate in the register.
type Certificate struct {
	Record
	State   State
	Sealing seals.Sealing
	Changed time.Time
	Head    event.Head // of its stream of facts
}

// Validity is the period as people read it.
func (r Record) Validity() string {
	if r.Till == 0 {
		return r.From.Han() + "起长期有效"
	}
	return r.From.Han() + "至" + r.Till.Han()
}

// An Order asks for a certificate.
type Order struct {
	Type     string
	Issuer   seals.Agency
	Area     string
	Holder   Holder
	Number   string       // "": the serial number is printed
	From     calendar.Day // no day: the day of issue
	Till     calendar.Day // no day: as long as the type says
	Face     []Entry
	Item     string
	ItemName string
	Case     string
	InTime   bool   // of a next version: it was granted, by somebody or by silence, before the last one ended
	Seal     string // seals.ID; "": the agency's certificate seal
}

const mostFields = 40

// compose makes the record of an order under an identifier. It is pure.
// Faults: certificates.issue.holder, .number, .period, .face, and those of codes for a
// wrong identifier. Whether all of it has room on the page shows when that is drawn.
func compose(t Type, o Order, id codes.CertificateID, previous, address string, today calendar.Day) (Record, error) {
	if err := id.Check(); err != nil {
		return Record{}, err
	}
	o = o.tidy()
	r := Record{Layout: 1, Identifier: id.String(), Type: t.Code, TypeName: t.Name, Definer: t.Definer, Number: o.Number, Version: id.Version,
		Previous: previous, Issuer: o.Issuer, Area: o.Area, Holder: o.Holder, Issued: today, From: o.From, Till: o.Till, Face: o.Face,
		Item: o.Item, ItemName: o.ItemName, Case: o.Case}
	r.Address = address + r.Identifier
	if r.Number == "" {
		r.Number = id.Serial
	}
	if r.From == 0 {
		r.From = today
	}
	if r.Till == 0 && t.Years > 0 {
		r.Till = years(r.From, t.Years)
	}
	return r, r.check(t)
}

// tidy makes what people typed fit for one line: line ends become spaces, and
// marks that steer text without being seen are left out. A grant must not fail
// on a pasted invisible letter.
func (o Order) tidy() Order {
	o.Holder.Name = tidy(o.Holder.Name)
	face := make([]Entry, len(o.Face))
	for i, e := range o.Face {
		face[i] = Entry{e.Label, tidy(e.Text)}
	}
	o.Face = face
	return o
}

func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError || unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// years is the last day of n years that begin on from.
func years(from calendar.Day, n int) calendar.Day {
	return calendar.DayOf(from.Start().AddDate(n, 0, -1))
}

func (r Record) check(t Type) error {
	switch {
	case !plain(r.Holder.Name, 1, 200) || !plain(r.Holder.Code, 1, 64) || !plain(r.Holder.Kind, 3, 3):
		return fault.New(fault.Invalid, "certificates.issue.holder", "请写明持证主体的名称、证件号码和证件类型代码")
	case !plain(r.Number, 1, 128):
		return fault.New(fault.Invalid, "certificates.issue.number", "证照编号不超过128字，不能含有控制字符").At("number", "format", "请核对证照编号")
	case r.Till != 0 && r.Till < r.From:
		return fault.New(fault.Invalid, "certificates.issue.period", "证照有效期止（%s）早于有效期起（%s）", r.Till.Han(), r.From.Han()).At("till", "order", "请核对有效期")
	case len(r.Address) > qr.Longest:
		return fault.New(fault.Invalid, "certificates.issue.address", "核验地址太长，二维码放不下，请系统管理员改短")
	case !plain(r.Issuer.Name, 1, 100) || !plain(r.Area, 0, 12) || !plain(r.Item, 0, 64) || !plain(r.ItemName, 0, 200) || !plain(r.Case, 0, 64):
		return fault.New(fault.Invalid, "certificates.issue.directory", "颁发机构、管辖属地、关联事项或办件编号不符合要求")
	}
	return r.checkFace(t)
}

func (r Record) checkFace(t Type) error {
	wrong := fault.New(fault.Invalid, "certificates.issue.face", "照面登载内容不完整或不符合要求，请逐项核对")
	bad := len(r.Face) > mostFields
	written := map[string]bool{}
	for i, e := range r.Face {
		if !t.has(e.Label) || written[e.Label] || !plain(e.Label, 1, 20) || !plain(e.Text, 0, 1000) {
			wrong, bad = wrong.At(fmt.Sprintf("face[%d]", i), "format", "“%s”不是本证照的登载项，或内容不符合要求", e.Label), true
		}
		written[e.Label] = e.Text != ""
	}
	for _, f := range t.Fields {
		if f.Required && !written[f.Label] {
			wrong, bad = wrong.At("face."+f.Label, "required", "请填写“%s”", f.Label), true
		}
	}
	if bad {
		return wrong
	}
	return nil
}

// issue makes the certificate of a record: pending, and then valid once by's
// authority is judged.
func (r Record) issue(at time.Time, by identity.Actor) (*Certificate, error) {
	c := &Certificate{Record: r, State: Pending}
	_, err := c.Move(Issue, "", at, by)
	return c, err
}

// issued is the fact of it.
func (c *Certificate) issued(digest string, by identity.Actor) Issued {
	return Issued{Identifier: c.Identifier, Previous: c.Previous, Type: c.Type, TypeName: c.TypeName, Number: c.Number, Version: c.Version,
		Party: c.Holder.Party, Agency: c.Issuer.ID, Item: c.Item, Case: c.Case, From: c.From, Till: c.Till, Digest: digest, Seal: c.Sealing.Seal,
		By: by.Account, At: c.Changed}
}
