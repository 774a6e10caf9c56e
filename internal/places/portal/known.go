package portal

import (
	"context"

	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/register/certificates"
)

// known is what need not be asked again about who applies, with where it is
// from: the register of parties, and the certificates they hold.
func (p *Portal) known(ctx context.Context, a *application) (map[string]forms.Known, error) {
	applicant, err := p.Parties.View(ctx, a.Party, a.By)
	if err != nil {
		return nil, err
	}
	person := applicant
	if applicant.Kind == parties.Organisation {
		if person, err = p.self(ctx, a.By); err != nil {
			return nil, err
		}
	}
	known := map[string]forms.Known{}
	a.tellPerson(known, person)
	if applicant.Kind == parties.Organisation {
		tellFirm(known, applicant)
	}
	held, err := p.Certificates.OfHolder(ctx, a.Party, nil, 100, a.By)
	for _, c := range held {
		if c.Good(a.Today) {
			tellCertificate(known, c)
		}
	}
	return known, err
}

// self is the person behind the account, also while they act for a firm.
func (p *Portal) self(ctx context.Context, by identity.Actor) (parties.Party, error) {
	account, err := p.Identity.Mine(ctx, by)
	if err != nil {
		return parties.Party{}, err
	}
	by.Party = account.Party
	return p.Parties.View(ctx, account.Party, by)
}

func (a *application) tellPerson(known map[string]forms.Known, person parties.Party) {
	tell := func(name, value string) {
		for _, who := range []string{"person.", "agent."} {
			known[who+name] = forms.Known{Value: value, From: "实名信息", At: person.Created}
		}
	}
	tell("name", person.Name)
	tell("idnumber", person.Document.Number)
	tell("mobile", person.Mobile)
	tell("address", person.Address)
	if c, err := codes.ParseCitizen(person.Document.Number, a.Today); err == nil {
		sex := "男"
		if c.Female {
			sex = "女"
		}
		tell("birth", c.Birth.String())
		tell("sex", sex)
	}
}

func tellFirm(known map[string]forms.Known, firm parties.Party) {
	for name, value := range map[string]string{"name": firm.Name, "uscc": firm.Document.Number, "legal": firm.Head.Name, "address": firm.Address, "type": firm.Sort} {
		known["org."+name] = forms.Known{Value: value, From: "企业登记信息", At: firm.Created}
	}
}

func tellCertificate(known map[string]forms.Known, c *certificates.Certificate) {
	for _, e := range c.Face {
		name := "certificate:" + c.TypeName + "." + e.Label
		if _, told := known[name]; !told {
			known[name] = forms.Known{Value: e.Text, From: "电子" + c.TypeName, At: c.Issued.Start()}
		}
	}
}
