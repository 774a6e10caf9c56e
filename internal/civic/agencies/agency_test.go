package agencies

import (
	"testing"

	"tongban/data"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

func sound() Agency {
	return Agency{ID: "xz-market", Name: "徐州市市场监督管理局", Short: "市市场监管局", USCC: "11320300YB0000221C",
		Region: "320300000000", Kind: Department, Parent: "xz-gov"}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name string
		turn func(*Agency)
		path string // of the fault; "": sound
	}{
		{"sound", func(*Agency) {}, ""},
		{"a credit code whose check fails may be lawful", func(a *Agency) { a.USCC = "11320300YB0000221D" }, ""},
		{"a credit code that is too short", func(a *Agency) { a.USCC = "1132" }, "uscc"},
		{"no name", func(a *Agency) { a.Name = "" }, "name"},
		{"a kind we do not know", func(a *Agency) { a.Kind = "公司" }, "kind"},
		{"a region of six digits", func(a *Agency) { a.Region = "320300" }, "region"},
		{"an id with capitals", func(a *Agency) { a.ID = "XZ" }, "id"},
		{"under itself", func(a *Agency) { a.Parent = a.ID }, "parent"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := sound()
			tt.turn(&a)
			err := a.Check()
			fields := fault.Fields(err)
			if tt.path == "" && err != nil || tt.path != "" && (len(fields) != 1 || fields[0].Path != tt.path) {
				t.Errorf("got %v %v", err, fields)
			}
		})
	}
}

func TestAdmit(t *testing.T) {
	gov := Agency{ID: "xz-gov", Name: "徐州市人民政府", Short: "市政府", USCC: "11320300YB0000019R", Region: "320300000000", Kind: Government}
	d := NewDirectory([]Agency{gov, sound()})
	root := identity.Actor{Posts: []identity.Post{{Role: identity.Admin, Region: "320300000000"}}}
	district := identity.Actor{Posts: []identity.Post{{Role: identity.Admin, Region: "320303000000"}}}
	for _, tt := range []struct {
		name string
		by   identity.Actor
		turn func(*Agency)
		code string
	}{
		{"the city's administrator", root, func(*Agency) {}, ""},
		{"the district's over the city's", district, func(*Agency) {}, "agencies.put.authority"},
		{"the district's, pulling it into the district", district, func(a *Agency) { a.Region = "320303000000" }, "agencies.put.authority"},
		{"nobody", identity.Actor{}, func(*Agency) {}, "agencies.put.authority"},
		{"under one that is not there", root, func(a *Agency) { a.Parent = "ghost" }, "agencies.put.parent"},
		{"the government under its department", root, func(a *Agency) { *a = gov; a.Parent = "xz-market" }, "agencies.put.ring"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := sound()
			tt.turn(&a)
			err := d.admit([]Agency{a}, tt.by)
			if tt.code == "" && err != nil || tt.code != "" && fault.Code(err) != tt.code {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestSampleCity(t *testing.T) {
	text, err := data.Sample.ReadFile("sample/agencies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	d := NewDirectory(all)
	levels := map[codes.Level]int{}
	for _, a := range all {
		levels[a.Level()]++
		if _, severity, err := codes.ParseUSCC(a.USCC); severity != codes.Sound {
			t.Errorf("%s: %v", a.ID, err)
		}
		if up := d.Above(a.ID); a.Parent != "" && up[len(up)-1].ID != "xz-gov" {
			t.Errorf("%s does not stand under the city", a.ID)
		}
		if a.Review == "" || a.Court == "" || a.Phone == "" || a.Address == "" {
			t.Errorf("%s: papers could not name it", a.ID)
		}
	}
	for _, l := range []codes.Level{codes.City, codes.County, codes.Town, codes.Village} {
		if levels[l] < 2 {
			t.Errorf("%v: %d agencies", l, levels[l])
		}
	}
	if got := d.List(Filter{Within: "320303000000", Kind: Department}); len(got) != 10 || got[0].Region != "320303000000" {
		t.Errorf("departments of the district: %d", len(got))
	}
}

// A name that several agencies go by is the name of none.
func TestNamed(t *testing.T) {
	one := func(id, name, short string, closed bool) Agency {
		return Agency{ID: id, Name: name, Short: short, Closed: closed}
	}
	d := NewDirectory([]Agency{one("xz", "徐州市市场监督管理局", "市市场监管局", false), one("yl", "云龙区市场监督管理局", "市场监管局", false),
		one("qs", "泉山区市场监督管理局", "市场监管局", false), one("old", "徐州市工商局", "工商局", true), one("twin", "徐州海关", "海关", false), one("twin2", "徐州海关", "市海关", false)})
	for name, want := range map[string]string{"徐州市市场监督管理局": "xz", "市市场监管局": "xz", "云龙区市场监督管理局": "yl", "市场监管局": "", "工商局": "", "徐州海关": "", "海关": "twin", "没有的局": "", "": ""} {
		if got := d.Named(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
