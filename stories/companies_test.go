package stories

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
	"tongban/internal/register/companies"
)

// companySteps are the sentences about the life of a company.
var companySteps = []step{
	sentence(`＝ ?(\S+) 是 (徐州\S+公司)`, func(s *teller, w []string) error {
		all, err := s.Companies.Store.List(s.t.Context(), companies.Filter{Limit: 50})
		i := slices.IndexFunc(all, func(c *companies.Company) bool { return c.Name == w[1] })
		if err != nil || i < 0 {
			s.t.Fatalf("%s\nbut the register has no such company (%v)", s.line, err)
		}
		s.drafts["company "+w[0]] = all[i].Code
		return nil
	}),
	sentence(`(\S+) 以 (\S+) 的名义 申请 (\S+) (\S+)(?: 情形 (.+))?`, submitForCompany),
	sentence(`(\S+) 为 (\S+) (公示终止歇业|简易注销公示|清算组和债权人公告|撤销注销公示)：(.+)`, func(s *teller, w []string) error {
		i := slices.IndexFunc(companies.Life, func(r companies.Row) bool { return r.Han == w[2] })
		_, err := s.Companies.Do(s.t.Context(), s.code(w[1]), companies.Life[i].Act, w[3], s.asHead(w[0], w[1]))
		return err
	}),
	sentence(`(\S+) 对 (\S+) 提出异议：(.+)`, func(s *teller, w []string) error {
		_, err := s.Companies.Oppose(s.t.Context(), s.code(w[1]), "债权人", w[2], s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 当场备案 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Cases.FileNow(s.t.Context(), s.id(w[1]), s.person(w[0]))
		return err
	}),
	sentence(`＝ ?(\S+) 办过 (\S+)`, func(s *teller, w []string) error {
		var did []string
		for _, one := range s.registered(w[0]).Steps {
			did = append(did, one.Act.Han())
		}
		s.expected(strings.Join(did, "、"), w[1])
		return nil
	}),
	sentence(`＝ ?(\S+) 歇业，到 (\S+)`, func(s *teller, w []string) error {
		c := s.registered(w[0])
		if c.Rest == nil {
			s.t.Fatalf("%s\nbut it is %s", s.line, c.State.Han())
		}
		s.expected(c.Rest.Until.String(), w[1])
		return nil
	}),
	sentence(`＝ ?(\S+) 提醒 (\S+)`, func(s *teller, w []string) error {
		var rules []string
		for _, one := range s.registered(w[0]).Warnings(calendar.DayOf(s.now)) {
			rules = append(rules, one.Rule)
		}
		s.expected(strings.Join(rules, " "), w[1])
		return nil
	}),
	sentence(`＝ ?(\S+) 名称 是 (\S+)`, func(s *teller, w []string) error {
		c := s.registered(w[0])
		p, err := s.Parties.Store.Party(s.t.Context(), c.Party)
		s.expected(c.Name+" "+p.Name, w[1]+" "+w[1])
		return err
	}),
	sentence(`＝ ?(\S+) 的营业执照 (有效|注销)(?:，写着 (\S+))?`, businessLicence),
	sentence(`＝ ?(\S+) (存续（在营）|拟注销（公告中）|吊销，未注销|注销)`, func(s *teller, w []string) error {
		s.expected(s.registered(w[0]).State.Han(), w[1])
		return nil
	}),
	sentence(`＝ ?登记簿与事实相符`, func(s *teller, _ []string) error {
		_, err := s.Companies.Audit(s.t.Context(), func(say string) { s.t.Errorf("%s\n%s", s.line, say) })
		return err
	}),
}

// code is that of a company by the name the story gives it, or as it stands.
func (s *teller) code(name string) string {
	if code, ok := s.drafts["company "+name]; ok {
		return code
	}
	return name
}

// registered is the company as it stands now; what comes by itself has come.
func (s *teller) registered(name string) *companies.Company {
	if err := s.Companies.Sweep(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	c, err := s.Companies.Public(s.t.Context(), s.code(name))
	if err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
	return c
}

// asHead is a person acting for the company, if they are its head by law.
func (s *teller) asHead(who, name string) identity.Actor {
	by, c := s.person(who), s.registered(name)
	if yes, err := s.Parties.Represents(s.t.Context(), by.Party, c.Party); err != nil || !yes {
		return by
	}
	by.Party = c.Party
	return by
}

func submitForCompany(s *teller, w []string) error {
	ctx, by, c := s.t.Context(), s.asHead(w[0], w[1]), s.registered(w[1])
	found, err := s.Items.Search(ctx, w[3], items.Filter{}, 0)
	i := slices.IndexFunc(found.Hits, func(h items.Entry) bool { return h.Name == w[3] })
	if err != nil || i < 0 {
		s.t.Fatalf("%s\nno item is called %s (%v)", s.line, w[3], err)
	}
	e, err := s.Items.Open(ctx, found.Hits[i].ID, calendar.DayOf(s.now))
	if err != nil {
		return err
	}
	a := s.application(e, by, nil, w[4])
	a.Applicant = cases.Applicant{Party: c.Party, Name: c.Name, Org: true, Agent: by.Name}
	made, err := s.Cases.Submit(ctx, a, by)
	if err == nil {
		s.cases[w[2]] = made.ID
	}
	return err
}

func businessLicence(s *teller, w []string) error {
	ctx := s.t.Context()
	held, err := s.Certificates.OfHolder(ctx, s.registered(w[0]).Party, nil, 20, identity.TheSystem)
	if err != nil {
		return err
	}
	for _, c := range held {
		if c.TypeName == "营业执照" && c.State.String() == w[1] && (w[2] == "" || c.Holder.Name == w[2]) {
			return nil
		}
	}
	s.t.Fatalf("%s\nbut there are %+v", s.line, held)
	return nil
}
