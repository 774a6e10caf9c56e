package cases_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// The window tries what spares the applicant a material before it asks for it:
// fetching, then their word, then bringing it later.
func TestWhatSparesTheApplicantComesFirst(t *testing.T) {
	plain := &items.Edition{}
	barred := &items.Edition{Pledge: items.PledgeRules{Excluded: "直接涉及公共安全"}}
	licence := items.Material{ID: "m", Name: "营业执照", Certificate: "营业执照", Promisable: true, Deferrable: true}
	held := cases.Held{"m": "1.2.156"}
	for name, x := range map[string]struct {
		e    *items.Edition
		m    items.Material
		held cases.Held
		want []cases.Relief
	}{
		"what the city holds is fetched":        {plain, licence, held, []cases.Relief{cases.ByFetching}},
		"a word comes before following later":   {plain, licence, nil, []cases.Relief{cases.ByWord, cases.ByFollowing}},
		"an excluded class takes nobody's word": {barred, licence, nil, []cases.Relief{cases.ByFollowing}},
		"a main material is asked for":          {plain, items.Material{ID: "m"}, nil, nil},
	} {
		if got := cases.Reliefs(x.e, x.m, x.held); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, not %v", name, got, x.want)
		}
	}
}

// holdings hold one certificate of everybody's.
type holdings map[string]string

func (h holdings) Held(context.Context, string, []string, calendar.Day) (map[string]string, error) {
	return h, nil
}

func TestOnlyTheApplicantsOwnCertificateIsFetched(t *testing.T) {
	e := &items.Edition{Materials: []items.Material{
		{ID: "own", Name: "申请人居民身份证", Certificate: "居民身份证"}, {ID: "theirs", Name: "死者居民身份证", Certificate: "居民身份证"}, {ID: "paper", Name: "说明"}}}
	s := &cases.Service{Holdings: holdings{"居民身份证": "1.2.156"}, Now: func() time.Time { return time.Unix(0, 0) }}
	held, err := s.Held(t.Context(), "p", e)
	if err != nil || len(held) != 1 || held["own"] != "1.2.156" {
		t.Fatalf("held %v (%v)", held, err)
	}
}
