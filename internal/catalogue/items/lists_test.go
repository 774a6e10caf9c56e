package items_test

import (
	"slices"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
)

func TestAnEditionStandsOnTheListsItBelongsTo(t *testing.T) {
	for _, tt := range []struct {
		name    string
		edition items.Edition
		lists   []string
	}{
		{"a licence", items.Edition{Type: items.Licence}, []string{"list:licence"}},
		{"a public service", items.Edition{Type: items.PublicService}, []string{"list:service"}},
		{"a licence to do business", items.Edition{Type: items.Licence, Reform: "告知承诺"}, []string{"list:licence", "list:business", "reform:告知承诺"}},
		{"what is only recorded", items.Edition{Filing: true}, []string{"list:filing"}},
		{"a material that may follow", items.Edition{Materials: []items.Material{{Deferrable: true}}}, []string{"list:deferrable"}},
		{"a material that the source calls 容缺后补", items.Edition{Materials: []items.Material{{Necessity: items.LaterOK}}}, []string{"list:deferrable"}},
		{"a proof replaced by a promise", items.Edition{Materials: []items.Material{{Promisable: true}}}, []string{"list:promisable"}},
		{"an inspection on the spot", items.Edition{Special: []items.Special{{Kind: items.Inspection}}}, []string{"list:auxiliary"}},
		{"an opinion from outside", items.Edition{Mediators: []items.Mediator{{Name: "测绘报告"}}}, []string{"list:mediators"}},
		{"one may apply anywhere in the province", items.Edition{Scope: items.WholeProvince}, []string{"list:shared"}},
		{"one may apply at home only", items.Edition{Scope: items.NotShared}, nil},
		{"done in a hall", items.Edition{Places: []items.Place{{Hall: "yl-centre"}, {Name: "elsewhere"}}}, []string{"hall:yl-centre"}},
		{"not in the hall", items.Edition{OutsideHall: "涉及国家秘密"}, []string{"list:outside"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.edition.Topics(); !slices.Equal(got, tt.lists) {
				t.Errorf("on %v, want %v", got, tt.lists)
			}
		})
	}
}

func TestAListThatIsNotPublishedIsNotFound(t *testing.T) {
	if _, err := items.ListOf("secret"); fault.Of(err) != fault.NotFound {
		t.Errorf("got %v", err)
	}
	for _, l := range items.Lists() {
		if found, err := items.ListOf(l.ID); err != nil || found.Name != l.Name || l.Source == "" || l.Note == "" {
			t.Errorf("%s: %v", l.ID, err)
		}
	}
}
