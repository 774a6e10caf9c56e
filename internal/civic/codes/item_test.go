package codes

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestItemCodesOfAllSchemes(t *testing.T) {
	for _, tt := range []struct {
		text   string
		scheme Scheme
		parts  string // region type dept main sub agency level handling division
		codes  string // of the findings
	}{
		{"000131004000", Basic, "00 01 31 004 000 - - - -", ""},
		{"00016421300Y", Basic, "00 01 64 213 00Y - - - -", ""},
		{"430199009W08", Basic, "43 01 99 009 W08 - - - -", ""},
		{"00016421300301", BasicHandling, "00 01 64 213 003 - - 01 -", ""},
		{"432036006W0201", BasicHandling, "43 20 36 006 W02 - - 01 -", ""},
		{"00016421300Y01", BasicHandling, "00 01 64 213 00Y - - 01 -", "item.parent"},
		{"12441500196720244T3442199806003", Implementation, "44 21 99 806 003 12441500196720244T 3 - -", ""},
		{"12441500196720244T344219980600301", Handling, "44 21 99 806 003 12441500196720244T 3 01 -", ""},
		{"12441500196720244U9662199000003", Implementation, "66 21 99 000 003 12441500196720244U 9 - -", "item.region item.main item.level item.agency.check"},
		{"XK00001000", Guizhou, "- XK - 00001 000 - - - -", ""},
		{"XK000010002520000014289132", Guizhou, "- XK - 00001 000 014289132 2 - 520000", ""},
		{"QQ00001000", Guizhou, "- QQ - 00001 000 - - - -", "item.type"},
		{"62052400MZ-XK-0001", Gansu, "- XK MZ 0001 - - - - 62052400", ""},
		{"ABC123", Tables, "- - - - - - - - -", ""},
		{"511Z07001006-511602000000-000-11511301008778183N-1-00", Sichuan, "51 1Z 07 001 006 11511301008778183N - 00 511602000000", ""},
		{"512012002012-511602000000-000-115113010087786859-1-00", Sichuan, "51 20 12 002 012 115113010087786859 - 00 511602000000", ""},
		{"511A0138000000-511602000000-000-115113010833722043-1-00", Sichuan, "51 1A - 0138000000 - 115113010833722043 - 00 511602000000", ""},
		{"51203001400003-511602000000-000-11511301MB1549994W-1-00", Sichuan, "51 20 30 014 000 11511301MB1549994W - 00 511602000000", ""},
		{"512C0107400001-511602000000-000-00877868-5-1-00", Sichuan, "51 2C - 0107400001 - 00877868-5 - 00 511602000000", "item.agency.old"},
		{"511A0126800000-511602000000-000-76726532-X-1-00", Sichuan, "51 1A - 0126800000 - 76726532-X - 00 511602000000", "item.agency.old"},
		{"G-000007-001-511602000000-000-115113010833722043-1-00", Sichuan, "- G - 000007 001 115113010833722043 - 00 511602000000", ""},
		{"A-005818-5818-511602000000-000-115113010087783353-1-00", Sichuan, "- A - 005818 5818 115113010087783353 - 00 511602000000", ""},
		{"1J-5100-00027-511602000000-000-11511301008778386B-1-00", Sichuan, "5100 1J - 00027 - 11511301008778386B - 00 511602000000", ""},
		{"E-000004-001-11511301008778386B", Sichuan, "- E - 000004 001 11511301008778386B - - -", "item.division"},
		{"E-000021-001-1111111111111111", Sichuan, "- E - 000021 001 1111111111111111 - - -", "item.division item.agency.length"},
		{"511A0014100002-511602000000-000-2222222222222-1-00", Sichuan, "51 1A - 0014100002 - 2222222222222 - 00 511602000000", "item.agency.length"},
		{"511A0080800002-511602000000-000-1151130000877869M-1-00", Sichuan, "51 1A - 0080800002 - 1151130000877869M - 00 511602000000", "item.agency.length"},
		{"511A62001004-511602000000-000-TE5116020105116050-1-00", Sichuan, "51 1A 62 001 004 TE5116020105116050 - 00 511602000000", "item.agency.check"},
		{"511A0077700002-510000000000-000-8282348-1-00", Sichuan, "51 1A - 0077700002 - 8282348 - 00 510000000000", "item.agency.length"},
		{"511F0045400001-511602000000-000-11511301452259996u-1-00", Sichuan, "51 1F - 0045400001 - 11511301452259996U - 00 511602000000", "item.tidied"},
		{"旧编码-甲", Unknown, "- - - - - - - - -", "item.scheme"},
		{"", Unknown, "- - - - - - - - -", "item.empty"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			c, findings := ParseItemCode(tt.text)
			var parts, codes []string
			for _, part := range []string{c.Region, c.ItemType, c.Dept, c.Main, c.Sub, c.Agency, c.Level, c.Handling, c.Division} {
				if part == "" {
					part = "-"
				}
				parts = append(parts, part)
			}
			for _, f := range findings {
				codes = append(codes, strings.TrimPrefix(f.Code, "codes."))
			}
			if c.Scheme != tt.scheme || strings.Join(parts, " ") != tt.parts || strings.Join(codes, " ") != tt.codes {
				t.Errorf("%s: %s, %v", c.Scheme, strings.Join(parts, " "), findings)
			}
			if c.String() != c.Text {
				t.Errorf("written again as %s", c)
			}
		})
	}
}

func TestImplementationCodesAreMade(t *testing.T) {
	c, err := Implement("442199806003", "12441500196720244t", 3, 0)
	if err != nil || c.String() != "12441500196720244T3442199806003" || c.Text != c.String() {
		t.Errorf("%+v %v", c, err)
	}
	if c, err = Implement("442199806003", "12441500196720244T", 3, 7); err != nil || c.String() != "12441500196720244T344219980600307" {
		t.Errorf("%+v %v", c, err)
	}
	for _, wrong := range []struct {
		basic, agency   string
		level, handling int
		code            string
	}{
		{"44219980600", "12441500196720244T", 3, 0, "codes.item.basic"},
		{"442199806003", "12441500196720244", 3, 0, "codes.item.agency"},
		{"442199806003", "12441500196720244T", 0, 0, "codes.item.level"},
		{"442199806003", "12441500196720244T", 3, 100, "codes.item.handling"},
	} {
		if _, err := Implement(wrong.basic, wrong.agency, wrong.level, wrong.handling); code(err) != wrong.code {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}

func TestTypesOfOtherSystemsAreMapped(t *testing.T) {
	for text, want := range map[string]string{"511A33038003-511602000000-000-115113010833722043-1-00": "01", "XK00001000": "01", "442199806003": "21", "000709105001": "07", "QQ00001000": ""} {
		if c, _ := ParseItemCode(text); c.NationalType() != want {
			t.Errorf("%s is of type %q", text, c.NationalType())
		}
	}
}

func TestCodeLists(t *testing.T) {
	lists, err := readLists()
	if err != nil || len(lists) < 25 {
		t.Fatalf("%d lists, %v", len(lists), err)
	}
	for id, l := range lists {
		if l.ID != id || l.Title == "" || l.Source == "" || len(l.Entries) == 0 {
			t.Errorf("%s: %+v", id, l)
		}
	}
	object := lists["object"]
	if e, _ := object.From("platform", "5"); e.Label != "其他组织" {
		t.Errorf("the platform's 非法人企业 is %s here", e.Label)
	}
	if n := len(lists["person-topic"].Entries); n != 32 {
		t.Errorf("%d person topics", n)
	}
	if n := len(lists["legal-topic"].Entries); n != 35 {
		t.Errorf("%d legal topics", n)
	}
	if lists["power-level"].Label("3") != "市级" || lists["power-level"].Label("8") != "8" {
		t.Error("a code without an entry is its own label")
	}
	if e, ok := lists["case-type"].Named("即办件"); !ok || e.Code != "1" {
		t.Errorf("%+v", e)
	}
}

func TestBadListsAreRefused(t *testing.T) {
	for _, text := range []string{"", "# 无来源\ncode,label\n1,甲", "# 题, 源\n", "# 题, 源\ncode,name\n1,甲", "# 题, 源\ncode,label\n1,甲\n1,乙", "# 题, 源\ncode,label\n1", "# 题, 源\ncode,label\n1,"} {
		if l, err := readList("x", text); err == nil {
			t.Errorf("%q read as %+v", text, l)
		}
	}
}

// Every code of the national scheme is its segments in a row.
func TestWhatIsReadIsWrittenAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		basic := rapid.StringMatching(`(00|32|44)(0[1-9]|10|20)[0-9]{2}[0-9]{2}[1-9][0-9]{2}[0-9Y]`).Draw(t, "basic")
		c, err := Implement(basic, "12441500196720244T", rapid.IntRange(1, 6).Draw(t, "level"), rapid.IntRange(0, 99).Draw(t, "handling"))
		if err != nil {
			t.Fatal(err)
		}
		back, findings := ParseItemCode(c.String())
		if back != c || Worst(findings) == Wrong || back.Basic() != basic {
			t.Fatalf("%+v became %+v: %v", c, back, findings)
		}
	})
}

func FuzzParseItemCode(f *testing.F) {
	for _, seed := range []string{"000131004000", "12441500196720244T344219980600301", "XK000010002520000014289132", "62052400MZ-XK-0001", "511A0126800000-511602000000-000-76726532-X-1-00", "1J-5100-00027-511602000000-000-11511301008778386B-1-00", "E-000004-001-11511301008778386B", "", "甲"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, _ := ParseItemCode(s)
		if c.String() != c.Text {
			t.Fatalf("%q is written again as %q", c.Text, c.String())
		}
		if back, _ := ParseItemCode(c.String()); back != c {
			t.Fatalf("%+v became %+v", c, back)
		}
	})
}
