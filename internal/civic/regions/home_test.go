package regions_test

import (
	"testing"

	"tongban/data"
	"tongban/internal/civic/regions"
)

func TestHomeIsThePlaceThatHoldsAllOthers(t *testing.T) {
	f, err := data.Regions.Open("regions/xuzhou.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	places, err := regions.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	if home := places.Home(); home.Name != "徐州市" {
		t.Errorf("home is %q %s", home.Name, home.Code)
	}
	if home := (regions.Regions{}).Home(); home.Name != "" {
		t.Errorf("where nothing is listed home is %q", home.Name)
	}
}
