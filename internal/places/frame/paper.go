package frame

import (
	"time"

	"github.com/a-h/templ"

	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
	"tongban/internal/register/certificates/qr"
	"tongban/internal/register/seals"
)

// A Leaf is one paper (文书) as it is set in type, whoever shows it.
type Leaf struct {
	Title    string
	Number   string // 文号; empty: still being allotted
	To       string
	Text     []string
	List     []Row
	ListName string // head of the list's second column
	Facts    []Row
	Remedies []string
	From, On string
	Seal     string    // whose purpose: "受理专用章"; empty: unsealed
	At       time.Time // when it was given
	After    []string  // below the lists
	Signed   []Signed
	Receipt  bool   // a strip for the receiver's signature
	Check    string // address in the code that strangers scan; empty: none
	CheckSay string
}

// Signed is a signature of a person under a paper.
type Signed struct {
	Name, Way string
	Drawing   ink.Drawing // none: typed
}

// picture is the signature as it was drawn.
func (s Signed) picture() templ.Component { return templ.Raw(s.Drawing.SVG(s.Name + "的" + s.Way)) }

// LeafOf sets a paper of a case. check may be empty.
func LeafOf(s cases.Sheet, check string) Leaf {
	l := Leaf{Title: s.Title, Number: s.Number, To: s.To, Text: s.Text, ListName: "说明", Remedies: s.Remedies,
		From: s.From, On: s.On, Seal: s.Seal, Receipt: s.Receipt, Check: check, CheckSay: "扫码核对本文书的真伪。", At: s.At, After: s.After}
	for _, line := range s.List {
		l.List = append(l.List, Row{Key: line.Name, Value: line.Say})
	}
	for _, f := range s.Facts {
		if f.Value != "" {
			l.Facts = append(l.Facts, Row{Key: f.Name, Value: f.Value})
		}
	}
	return l
}

// seal is the agency's seal in red; its texts are escaped where it is drawn.
func (l Leaf) seal() templ.Component { return templ.Raw(seals.Draw(l.From, l.Seal)) }

// code is the two-dimensional code of Check; nothing if it cannot be drawn.
func (l Leaf) code() templ.Component {
	svg, err := qr.SVG(l.Check, "本文书的核验二维码")
	if err != nil {
		return templ.NopComponent // an address too long for a code is printed without one
	}
	return templ.Raw(svg)
}
