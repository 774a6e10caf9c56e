package itemstore_test

import (
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

func TestSearch(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.publishSample(t)
		for _, tt := range []struct {
			name, query string
			first       items.ID
		}{
			{"by its whole name", "食品经营许可（新办）", "food-permit"},
			{"by part of its name", "食品经营", "food-permit"},
			{"by a former name", "餐饮服务许可", "food-permit"},
			{"by a synonym", "开饭店", "food-permit"},
			{"in a sentence", "我想开个饭店怎么办", "food-permit"},
			{"by initials", "spjyxk", "food-permit"},
			{"by initials in capitals and full width", "ＳＰＪＹ", "food-permit"},
			{"by initials in the middle", "xsesh", "newborn-household"},
			{"by pinyin", "shipinjingying", "food-permit"},
			{"by pinyin of a polyphone", "daoluhuowuyunshu", "road-freight"},
			{"with one wrong character", "食品经营许河", "food-permit"},
			{"with a wrong character inside", "食品经赢许可", "food-permit"},
			{"with a missing character", "食品营许可", "food-permit"},
			{"with a character too many", "食品经经营许可", "food-permit"},
			{"with a character that sounds alike", "结昏", "marriage-registration"},
			{"with characters that sound alike", "十品经营许可", "food-permit"},
			{"with two characters in each other's place", "食品营经许可", "food-permit"},
			{"孩子上户口", "孩子上户口", "newborn-household"},
			{"孩子上户口 in a sentence", "请问孩子上户口需要什么？", "newborn-household"},
			{"by its code", "000131023000", "food-production"},
			{"by the beginning of its code", "000709105", "newborn-household"},
			{"by agency and name", "公安局 居住证", "residence-permit"},
			{"by district and name", "徐州市公安局 居住证", "residence-permit"},
			{"words in any order", "新办 食品经营", "food-permit"},
			{"two-character word", "取水", "water-permit"},
			{"plain words", "身份证丢了", "id-card"},
			{"领证", "领证", "marriage-registration"},
			{"words that stand apart", "孩子的医保怎么交", "medical-resident"},
			{"开便利店", "开便利店", "food-prepack-filing"},
			{"the result", "道路运输经营许可证", "road-freight"},
		} {
			if hits := c.find(t, tt.query); len(hits) == 0 || hits[0].ID != tt.first {
				t.Errorf("%s: %q finds %v, want %s first", tt.name, tt.query, names(hits), tt.first)
			}
		}
	})
}

func TestSearchWithFilters(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.publishSample(t)
		for _, f := range []items.Filter{
			{Agency: "xz-market"}, {Type: items.Licence}, {Level: items.City}, {Region: "320303000000"}, {Topic: "person:040"}, {Person: true}, {Firm: true},
		} {
			found, err := c.Search(t.Context(), "许可", f, 0)
			if err != nil || len(found.Hits) == 0 {
				t.Errorf("%+v: nothing, %v", f, err)
			}
			for _, h := range found.Hits {
				if f.Agency != "" && h.Agency != f.Agency || f.Type != "" && h.Type != f.Type || f.Level != "" && h.Level != f.Level ||
					f.Region != "" && h.Region != f.Region || f.Person && !h.Person || f.Firm && !h.Firm {
					t.Errorf("%+v lets %s through", f, h.Name)
				}
			}
		}
	})
}

func TestSearchTakesAnythingTyped(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.publishSample(t)
		for _, q := range []string{
			"", " ", "\x00", "'", `"`, `" OR 1=1 --`, "食品'经营", "a:*", "NEAR(", "𠮷𠮷", "<script>", "\u202e许可", "%", "_",
			strings.Repeat("许", 5000), strings.Repeat("许可证", 2000), strings.Repeat("a", 9000), "\xff\xfe", "食 品 经 营", "😀",
		} {
			if _, err := c.Search(t.Context(), q, items.Filter{Agency: q, Topic: q}, 0); err != nil {
				t.Errorf("%.20q: %.300v", q, err)
			}
		}
		for page := range 4 {
			if _, err := c.Search(t.Context(), "许可", items.Filter{}, page); err != nil {
				t.Error(err)
			}
		}
	})
}
