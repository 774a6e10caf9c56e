package casestore_test

import (
	"slices"
	"strings"
	"testing"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
)

// A list of a county, a town, a village or an agency has its cases and no others, page
// after page, whichever index it goes along.
func TestAListHasTheCasesOfItsRegionPageAfterPage(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o := open(t, db)
		whose := o.spread(t)
		for _, region := range []string{"320300000000", "320303000000", "320303001000", "320303001201", "320311000000"} {
			for _, of := range []string{"", "a0", "a1"} {
				want := []string{}
				for id, at := range whose {
					if strings.HasPrefix(at.region, strings.TrimRight(region, "0")) && (of == "" || at.agency == of) {
						want = append(want, id)
					}
				}
				slices.Sort(want)
				o.paged(cases.Filter{Watch: region, Of: of}, want)
				slices.Reverse(want)
				o.paged(cases.Filter{Region: region, Of: of}, want)
				if region == "320300000000" && of != "" {
					o.paged(cases.Filter{Agency: of}, want)
				}
				o.paged(cases.Filter{Region: region, Of: of, State: cases.Received}, want)
			}
		}
	})
}

// place is where a case lies.
type place struct{ region, agency string }

// spread files cases and lays them in several regions and agencies.
func (o *office) spread(t *testing.T) map[string]place {
	all := map[string]place{}
	regions := []string{"320300000000", "320303000000", "320303001000", "320303001201", "320303002000"}
	for i := range 2 * len(regions) {
		id, at := string(o.file().ID), place{regions[i%len(regions)], []string{"a0", "a1"}[i/len(regions)]}
		if _, err := o.db.Exec(t.Context(), `UPDATE cases SET region = $1, county = $2, town = $3, agency = $4 WHERE id = $5`,
			at.region, at.region[:6], at.region[:9], at.agency, id); err != nil {
			t.Fatal(err)
		}
		all[id] = at
	}
	return all
}

// paged reads a list in pages of three and finds these cases, in this order.
func (o *office) paged(f cases.Filter, want []string) {
	o.t.Helper()
	f.Limit = 3
	got := []string{}
	for range len(want)/f.Limit + 1 {
		page, err := o.Store.List(o.t.Context(), f)
		if err != nil {
			o.t.Fatal(err)
		}
		for _, r := range page {
			got = append(got, string(r.ID))
			f.After = r.Cursor
		}
	}
	if !slices.Equal(got, want) {
		o.t.Errorf("%+v: %v, want %v", f, got, want)
	}
}
