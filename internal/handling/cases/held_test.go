package cases_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
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

func (h holdings) Proves(_ context.Context, _, identifier, kind string, _ calendar.Day) (bool, error) {
	return h[kind] == identifier, nil
}

func TestOnlyTheApplicantsOwnCertificateIsFetched(t *testing.T) {
	e := &items.Edition{Materials: []items.Material{
		{ID: "own", Name: "申请人居民身份证", Certificate: "居民身份证"}, {ID: "theirs", Name: "死者居民身份证", Certificate: "居民身份证"}, {ID: "paper", Name: "说明"}}}
	s := &cases.Service{Holdings: holdings{"居民身份证": "1.2.156"}, Now: func() time.Time { return time.Unix(0, 0) }}
	held, err := s.Held(t.Context(), "p", e, nil)
	if err != nil || len(held) != 1 || held["own"] != "1.2.156" {
		t.Fatalf("held %v (%v)", held, err)
	}
}

// Whoever names a certificate for a material, it must be one that the rule finds.
func TestACertificateStandsOnlyForWhatItProves(t *testing.T) {
	e := &items.Edition{Materials: []items.Material{
		{ID: "own", Name: "申请人居民身份证", Certificate: "居民身份证"}, {ID: "theirs", Name: "死者居民身份证", Certificate: "居民身份证"}, {ID: "firm", Name: "营业执照", Certificate: "营业执照"}, {ID: "paper", Name: "说明"}}}
	s := &cases.Service{Holdings: holdings{"居民身份证": "1.2.156", "营业执照": "9.9"}, Now: func() time.Time { return time.Unix(0, 0) }}
	for name, x := range map[string]struct {
		handed cases.Handed
		say    string
	}{
		"the applicant's own":              {cases.Handed{Material: "own", Certificate: "1.2.156"}, ""},
		"named by the material's name":     {cases.Handed{Material: "营业执照", Certificate: "9.9"}, ""},
		"a file needs no register":         {cases.Handed{Material: "theirs", Files: []cases.File{{Hash: "h"}}}, ""},
		"vouched for elsewhere":            {cases.Handed{Material: "theirs", Certificate: "7", Vouched: "连云港市"}, ""},
		"one's own for somebody else's":    {cases.Handed{Material: "theirs", Certificate: "1.2.156"}, "“死者居民身份证”不是申请人自己的证照，不能用申请人的电子居民身份证代替，请上传"},
		"of another type":                  {cases.Handed{Material: "own", Certificate: "9.9"}, "这份电子证照不是申请人现在有效的居民身份证，请核对；没有的，请上传“申请人居民身份证”"},
		"somebody else's, or nobody's":     {cases.Handed{Material: "own", Certificate: "1.2.157"}, "这份电子证照不是申请人现在有效的居民身份证，请核对；没有的，请上传“申请人居民身份证”"},
		"where no certificate was thought": {cases.Handed{Material: "paper", Certificate: "1.2.156"}, "“说明”没有可以代替的电子证照，请上传"},
	} {
		err := s.CheckFetched(t.Context(), "p", e, nil, []cases.Handed{x.handed})
		if fields := fault.Fields(err); x.say == "" && err != nil || x.say != "" && (len(fields) != 1 || fields[0].Say != x.say || fields[0].Path != "materials."+x.handed.Material) {
			t.Errorf("%s: %v %v", name, err, fields)
		}
	}
	s.Holdings = nil
	if s.CheckFetched(t.Context(), "p", e, nil, []cases.Handed{{Material: "own", Certificate: "1.2.156"}}) == nil {
		t.Error("a city that holds nothing takes a certificate")
	}
}
