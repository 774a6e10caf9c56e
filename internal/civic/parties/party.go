package parties

import (
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A Kind is what sort of party it is.
type Kind string

// The kinds of party.
const (
	Person       Kind = "person"       // 自然人
	Organisation Kind = "organisation" // 法人和非法人组织、个体工商户
)

// Types of document (证件类型, the three-digit list of codes "id-type").
const (
	ResidentCard = "111" // 居民身份证
	CreditCode   = "001" // 统一社会信用代码
)

// A Document is what proves who someone is.
type Document struct {
	Type   string `json:"type"`   // code of codes list "id-type"
	Number string `json:"number"` //
}

// A Head is who acts for an organisation by law (法定代表人、负责人、经营者).
type Head struct {
	Name     string   `json:"name"`
	Document Document `json:"document"`
}

// A Party is one person or organisation.
type Party struct {
	ID       string
	Kind     Kind
	Name     string
	Document Document // of an organisation: CreditCode and its code
	Mobile   string
	Address  string
	Head     Head          // of an organisation
	Sort     string        // of an organisation: 企业, 个体工商户, 事业单位, …
	Real     identity.Real // how sure we are of a person
	Created  time.Time
	Version  int
	Masked   bool // what is shown is not the whole
}

// tidy brings a party into the form in which parties are kept and compared.
func (p Party) tidy() Party {
	p.Name, p.Address, p.Sort = strings.TrimSpace(p.Name), strings.TrimSpace(p.Address), strings.TrimSpace(p.Sort)
	p.Head.Name = strings.TrimSpace(p.Head.Name)
	p.Document.Number, p.Head.Document.Number = codes.Tidy(p.Document.Number), codes.Tidy(p.Head.Document.Number)
	if mobile, err := codes.ParseMobile(p.Mobile); err == nil {
		p.Mobile = mobile
	}
	return p
}

// Check refuses a party with every place that must change.
func (p Party) Check(today calendar.Day) error {
	all := fault.New(fault.Invalid, "parties.check", "申请人信息有误，请按提示修改")
	add := func(path string, err error) {
		if err != nil {
			all = all.At(path, fault.Code(err), "%s", fault.Say(err))
		}
	}
	add("name", checkName(p.Name))
	if p.Mobile != "" {
		_, err := codes.ParseMobile(p.Mobile)
		add("mobile", err)
	}
	add("address", checkText(p.Address))
	add("number", p.checkNumber(today))
	if p.Kind == Organisation {
		add("head", checkName(p.Head.Name))
		if p.Head.Document.Number != "" {
			add("headNumber", p.Head.Document.Check(today))
		}
	}
	if len(all.Fields) > 0 {
		return all
	}
	return nil
}

func (p Party) checkNumber(today calendar.Day) error {
	if (p.Kind == Organisation) != (p.Document.Type == CreditCode) {
		return fault.New(fault.Invalid, "parties.document.type", "证件类型与申请人类型不符，请重新选择")
	}
	return p.Document.Check(today)
}

// Check refuses a document whose number cannot be one of its type. A credit
// code whose check character fails may be lawful and is let pass.
func (d Document) Check(today calendar.Day) error {
	switch d.Type {
	case CreditCode:
		if _, severity, err := codes.ParseUSCC(d.Number); severity == codes.Wrong {
			return err
		}
		return nil
	case ResidentCard, "112", "113", "554":
		_, err := codes.ParseCitizen(d.Number, today)
		return err
	case "553":
		if codes.Resident(d.Number) {
			return nil
		}
		_, err := codes.ParseCitizen(d.Number, today)
		return err
	}
	if _, known := codes.Lists()["id-type"].Find(d.Type); !known {
		return fault.New(fault.Invalid, "parties.document.type", "请选择证件类型")
	}
	if n := utf8.RuneCountInString(d.Number); n < 4 || n > 30 || !identity.Printable(d.Number) {
		return fault.New(fault.Invalid, "parties.document.number", "请按证件填写号码（4至30位）")
	}
	return nil
}

func checkName(name string) error {
	if name == "" || utf8.RuneCountInString(name) > 100 || !identity.Printable(name) {
		return fault.New(fault.Invalid, "parties.name", "请填写姓名或名称（100字以内，不含特殊控制字符）")
	}
	return nil
}

func checkText(s string) error {
	if utf8.RuneCountInString(s) > 200 || !identity.Printable(s) {
		return fault.New(fault.Invalid, "parties.text", "内容过长，或含有不能使用的字符，请修改（200字以内）")
	}
	return nil
}

// Mask is the party as an official sees it before giving a reason: names of
// persons whole, for papers need them; numbers, telephones and addresses not.
func (p Party) Mask() Party {
	p.Masked = true
	p.Mobile, p.Address = codes.MaskMobile(p.Mobile), codes.MaskAddress(p.Address)
	p.Head.Document.Number = codes.MaskID(p.Head.Document.Number)
	if p.Kind == Person { // the code of an organisation is public
		p.Document.Number = codes.MaskID(p.Document.Number)
	}
	return p
}

// Public is the party as anyone may see it, as in a published result.
func (p Party) Public() Party {
	p = p.Mask()
	p.Mobile, p.Address = "", ""
	if p.Kind == Person {
		p.Name = codes.MaskName(p.Name)
	}
	return p
}

// Recognise tells which document a number is of, as it was typed or scanned: a
// resident's card, a credit code, or, with an empty Type, neither. A number that
// looks like a card and fails its check is taken for a card mistyped.
func Recognise(number string, today calendar.Day) Document {
	number = codes.Tidy(number)
	_, notCitizen := codes.ParseCitizen(number, today)
	code, doubt, _ := codes.ParseUSCC(number)
	if _, own, _ := codes.ParseOrganization(code.Organization); doubt == codes.Sound && own != codes.Sound && fault.Code(notCitizen) == "codes.citizen.check" {
		doubt = codes.Doubtful // a card with one digit wrong, which fits a credit code by chance
	}
	switch card := len(number) == 18 && strings.Trim(number[:17], "0123456789") == ""; {
	case notCitizen == nil, card && doubt != codes.Sound:
		return Document{ResidentCard, number}
	case doubt != codes.Wrong:
		return Document{CreditCode, number}
	}
	return Document{Number: number}
}
