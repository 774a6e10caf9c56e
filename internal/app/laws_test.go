package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/laws"
)

const someArticles = "法律名称,条号,条文,版本日期,施行日期,废止日期\n" +
	"中华人民共和国开店法,第一条,为了方便开店，制定本法。,2026-01-01,2026-03-01,\n" +
	"中华人民共和国开店法,第二条,开店的人应当提交门头照片。,2026-01-01,2026-03-01,\n"

// The register of laws: its keepers look a file over before they take it in, item
// managers pick from it, the check holds citations to it, and anybody reads it.
func TestLawsAreKeptPickedHeldToAndRead(t *testing.T) {
	c := openCity(t)
	auditor, keeper := c.signedIn("auditor"), c.signedIn("items")
	auditor.get("/desk/laws?q=" + url.QueryEscape("行政许可法 第三十二条"))
	auditor.sees(http.StatusOK, "《中华人民共和国行政许可法》第三十二条")

	bad := someArticles + "中华人民共和国开店法,全文,没有条号,昨天,,\n"
	auditor.upload("/desk/laws", "file", "法条.csv", []byte(bad), url.Values{"do": {"look"}})
	auditor.sees(http.StatusOK, "可导入2条，有2处错误", "第4行“条号”", "第4行“版本日期”", "请写成 2026-01-01 的样子")
	auditor.upload("/desk/laws", "file", "法条.csv", []byte(bad), url.Values{"do": {"apply"}})
	auditor.sees(http.StatusUnprocessableEntity, "有2处错误，一条也没有导入")
	if found, err := c.Laws.Find(t.Context(), "开店法", laws.Article{}, 5); err != nil || len(found) != 0 {
		t.Fatal(found, err)
	}
	auditor.upload("/desk/laws", "file", "法条.csv", []byte(bad), url.Values{"do": {"apply"}, "good": {"1"}})
	auditor.sees(http.StatusOK, "已导入2条")
	auditor.upload("/desk/laws", "file", "空.csv", []byte(""), url.Values{"do": {"look"}})
	auditor.sees(http.StatusUnprocessableEntity, "文件是空的")

	rev := keeper.opened("food-permit")
	keeper.get(rev + "/edit/materials")
	keeper.sends(rev+"/edit/materials", url.Values{
		"find": {"materials[0].basis"}, "materials[8].name": {"门头照片"}, "materials[8].basis.find": {"kdf 2"},
	})
	keeper.sees(http.StatusOK, "找到的法条", "《中华人民共和国开店法》第二条", "开店的人应当提交门头照片")
	keeper.sends(rev+"/edit/materials", url.Values{"materials[8].basis.pick": {"《中华人民共和国开店法》第二条"}, "materials[8].basis.find": {""}, "materials[8].copies": {"1"}})
	keeper.sees(http.StatusOK, "已保存", "门头照片")
	keeper.get(rev + "/edit/basics")
	keeper.sends(rev+"/edit/basics", url.Values{"find": {"bases"}, "bases.find": {"没有这样的法"}})
	keeper.sees(http.StatusOK, "没有找到“没有这样的法”")
	keeper.sends(rev+"/edit/basics", url.Values{"find": {"bases"}, "bases.find": {"法"}})
	keeper.sees(http.StatusOK, "再看后面的", "可以加上条号再找")
	keeper.sends(rev+"/edit/basics", url.Values{"bases.pick": {"《中华人民共和国开店法》第三条"}, "bases.find": {""}})
	keeper.sees(http.StatusOK, "已保存")
	keeper.get(rev + "/check")
	keeper.sees(http.StatusOK, "没有第三条（共2条）", "items.law.missing")
	keeper.moves(rev, "submit", nil)
	keeper.sees(http.StatusUnprocessableEntity, "体检有1处不符")

	anybody := c.visitor()
	anybody.get("/laws?q=" + url.QueryEscape("门头"))
	anybody.sees(http.StatusOK, "《中华人民共和国开店法》第二条")
	anybody.get("/laws/" + url.PathEscape("开店法"))
	anybody.sees(http.StatusOK, "2026年1月1日的版本", "开店的人应当提交门头照片", "2026年3月1日起")
	anybody.get("/laws/" + url.PathEscape("没有这部法"))
	anybody.sees(http.StatusNotFound, "没有这部法律")
}

// What was in force when an item was published may end: the list of items says so
// on the day.
func TestAnItemIsToldOfALawThatEnded(t *testing.T) {
	c := openCity(t)
	r, err := laws.Read([]byte("法律名称,条号,施行日期,废止日期\n中华人民共和国食品安全法,第三十五条,2009-06-01,2026-01-01\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Laws.Import(t.Context(), r, false, identity.TheSystem); err != nil {
		t.Fatal(err)
	}
	keeper := c.signedIn("items")
	keeper.get("/desk/items/food-permit")
	keeper.sees(http.StatusOK, "items.law.abolished", "自2026年1月1日起废止")
	if !strings.Contains(keeper.raw, "不得发布") {
		t.Error("a basis that has ended does not count as an error")
	}
}
