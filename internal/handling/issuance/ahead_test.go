package issuance

import (
	"context"
	"errors"
	"slices"
	"testing"

	"tongban/internal/civic/parties"
	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// allCases are the questions about cases that are not asked here.
type allCases interface{ cases.Store }

// kept is what a city has of cases, their certificates and who applied, and notes
// what it is asked.
type kept struct {
	allCases
	asked []string
	away  bool
}

func (k *kept) Case(_ context.Context, id cases.ID) (*cases.Case, error) {
	return &cases.Case{ID: id, Applicant: cases.Applicant{Party: "p-" + string(id)}}, nil
}

func (k *kept) Issued(_ context.Context, id cases.ID) (string, error) {
	k.asked = append(k.asked, string(id))
	return "", nil
}

func (k *kept) AllIssued(_ context.Context, ids []cases.ID) (map[cases.ID]string, error) {
	if k.away {
		return nil, errors.New("away")
	}
	return map[cases.ID]string{"c1": "certificate"}, nil
}

func (k *kept) Keep(*sqldb.Batch, cases.ID, string) {}

func (k *kept) Party(_ context.Context, id string) (parties.Party, error) {
	k.asked = append(k.asked, id)
	return parties.Party{ID: id}, nil
}

func (k *kept) Parties(_ context.Context, ids []string) (map[string]parties.Party, error) {
	all := map[string]parties.Party{}
	for _, id := range ids {
		all[id] = parties.Party{ID: id}
	}
	return all, nil
}

// What the certificates of several cases take is asked for together; of a case that was
// not asked for, or if it could not be, by itself.
func TestWhatCertificatesTakeIsAskedForAtOnce(t *testing.T) {
	news := func(ids ...cases.ID) (all []event.Record) {
		for i, id := range ids {
			r, err := event.Next(id.Stream(), event.Head{}, cases.Moved{Case: id, Act: cases.Decide, To: cases.Granted, Decision: &cases.Decision{Granted: i%2 == 0}}, cases.Case{}.Opened)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, r)
		}
		return all
	}
	for name, c := range map[string]struct {
		away bool
		news []event.Record
		asks []string
	}{
		"several":       {false, news("c1", "c2"), []string{"p-c1", "c3", "p-c3"}},
		"one by itself": {false, news("c2"), []string{"p-c1", "c1", "c2", "p-c2", "c3", "p-c3"}},
		"away":          {true, news("c1", "c2"), []string{"p-c1", "c1", "c2", "p-c2", "c3", "p-c3"}},
	} {
		k := &kept{away: c.away}
		s := &Service{Store: k, Cases: &cases.Service{Store: k}, Parties: k}
		ctx := s.Ahead(t.Context(), c.news)
		for _, id := range []cases.ID{"c1", "c2", "c3"} {
			issued, err := s.issued(ctx, id)
			if err != nil || (issued != "") != (id == "c1" && name == "several") {
				t.Errorf("%s: %s has %q, %v", name, id, issued, err)
			}
			if p, err := s.party(ctx, "p-"+string(id)); err != nil || p.ID != "p-"+string(id) {
				t.Errorf("%s: %+v, %v", name, p, err)
			}
		}
		slices.Sort(c.asks)
		if slices.Sort(k.asked); !slices.Equal(k.asked, c.asks) {
			t.Errorf("%s: asked for %v, not %v", name, k.asked, c.asks)
		}
	}
}
