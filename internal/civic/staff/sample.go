package staff

import (
	"context"
	"fmt"
	"time"

	"github.com/goccy/go-yaml"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/sqldb"
)

// A Sample is the people and firms of a sample city, as their file has them.
type Sample struct {
	Password      string          `yaml:"password"` // of every account
	Demo          []Guide         `yaml:"demo"`
	Persons       []sampleParty   `yaml:"persons"`
	Organisations []sampleParty   `yaml:"organisations"`
	Mandates      []sampleMandate `yaml:"mandates"`
	Staff         []sampleStaff   `yaml:"staff"`
}

// A Guide is an account to tell a visitor of the sample city about.
type Guide struct {
	Login string `yaml:"login"`
	Says  string `yaml:"says"`
}

type sampleParty struct {
	ID      string `yaml:"id"`
	Login   string `yaml:"login"`
	Name    string `yaml:"name"`
	Number  string `yaml:"number"`
	Sort    string `yaml:"sort"`
	Head    string `yaml:"head"`
	Mobile  string `yaml:"mobile"`
	Address string `yaml:"address"`
}

type sampleMandate struct {
	Firm   string   `yaml:"firm"`
	Person string   `yaml:"person"`
	Items  []string `yaml:"items"`
	Days   int      `yaml:"days"`
}

type sampleStaff struct {
	Login string       `yaml:"login"`
	Name  string       `yaml:"name"`
	Posts []samplePost `yaml:"posts"`
}

type samplePost struct {
	Agency string `yaml:"agency"`
	Region string `yaml:"region"` // "": the agency's own
	Role   string `yaml:"role"`
	Title  string `yaml:"title"`
	Window string `yaml:"window"`
	Hall   string `yaml:"hall"`
}

// ParseSample reads the people of a sample city, refusing fields it does not know.
func ParseSample(text []byte) (Sample, error) {
	var s Sample
	if err := yaml.UnmarshalWithOptions(text, &s, yaml.Strict()); err != nil {
		return s, fmt.Errorf("read people: %w", err)
	}
	return s, nil
}

// Populate brings the sample's people, firms, mandates and posts into an empty
// city. Agencies must be there already. All accounts share one password and,
// so that this takes no time, one hash of it: never do this in a real city.
func (s *Service) Populate(ctx context.Context, sample Sample, ids *identity.Service, who *parties.Service) error {
	hash, err := ids.Passwords.Hash(ctx, sample.Password)
	if err != nil {
		return err
	}
	holdings, err := s.holdings(ctx, sample)
	if err != nil {
		return err
	}
	return ids.Store.Within(ctx, func(ctx context.Context) error {
		if err := who.Load(ctx, sample.parties(s.Now()), identity.TheSystem); err != nil {
			return err
		}
		if err := ids.AddAll(ctx, sample.accounts(holdings, hash, s.Now()), identity.TheSystem); err != nil {
			return err
		}
		if err := ids.Entrust(ctx, sample.mandates(s.Now()), identity.TheSystem); err != nil {
			return err
		}
		return s.Load(ctx, holdings, identity.TheSystem)
	})
}

// accountID is the id of a sample account: one can guess it, and should.
func accountID(login string) string { return "u-" + login }

func (s Sample) parties(now time.Time) []parties.Party {
	var all []parties.Party
	persons := map[string]parties.Party{}
	for _, p := range s.Persons {
		one := parties.Party{ID: p.ID, Kind: parties.Person, Name: p.Name, Document: parties.Document{Type: parties.ResidentCard, Number: p.Number},
			Mobile: p.Mobile, Address: p.Address, Real: identity.Shown, Created: now}
		persons[p.ID] = one
		all = append(all, one)
	}
	for _, o := range s.Organisations {
		head := persons[o.Head]
		all = append(all, parties.Party{ID: o.ID, Kind: parties.Organisation, Name: o.Name, Document: parties.Document{Type: parties.CreditCode, Number: o.Number},
			Mobile: o.Mobile, Address: o.Address, Sort: o.Sort, Head: parties.Head{Name: head.Name, Document: head.Document}, Created: now})
	}
	return all
}

func (s Sample) accounts(holdings []Holding, hash string, now time.Time) []*identity.Account {
	var all []*identity.Account
	add := func(login, name string) *identity.Account {
		a := &identity.Account{ID: accountID(login), Login: login, Name: name, Real: identity.Shown, Password: hash, Created: now}
		all = append(all, a)
		return a
	}
	for _, p := range s.Persons {
		a := add(p.Login, p.Name)
		a.Party, a.Mobile = p.ID, p.Mobile
	}
	region := map[string]string{}
	for _, h := range holdings {
		region[h.Account] = h.Post.Region
	}
	for _, p := range s.Staff {
		add(p.Login, p.Name).Region = region[accountID(p.Login)]
	}
	return all
}

func (s Sample) mandates(now time.Time) []identity.Mandate {
	today := calendar.DayOf(now)
	heads := map[string]string{} // firm → login of its head
	logins := map[string]string{}
	for _, p := range s.Persons {
		logins[p.ID] = p.Login
	}
	for _, o := range s.Organisations {
		heads[o.ID] = logins[o.Head]
	}
	var all []identity.Mandate
	for _, m := range s.Mandates {
		all = append(all, identity.Mandate{ID: sqldb.NewID(), Firm: m.Firm, Person: m.Person, Items: m.Items, From: today,
			Through: today + calendar.Day(m.Days), Granted: accountID(heads[m.Firm]), Made: now})
	}
	return all
}

// holdings is the posts of the sample's officials.
func (s *Service) holdings(ctx context.Context, sample Sample) ([]Holding, error) {
	var all []Holding
	for _, p := range sample.Staff {
		for _, post := range p.Posts {
			a, err := s.Agencies.Find(ctx, post.Agency)
			if err != nil {
				return nil, err
			}
			region := post.Region
			if region == "" {
				region = a.Region
			}
			all = append(all, Holding{ID: sqldb.NewID(), Account: accountID(p.Login), Name: p.Name, Since: s.today().AddMonths(-12),
				Post: identity.Post{Agency: a.ID, Region: region, Role: identity.Role(post.Role), Title: post.Title, Window: post.Window, Hall: post.Hall}})
		}
	}
	return all, nil
}
