package app_test

import (
	"net/http"
	"net/url"
	"testing"
)

// A day that does not exist is named where it stands, also where no day at all would do,
// and nothing else of the form is done.
func TestADayThatDoesNotExistDoesNothing(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	entry := url.Values{"id": {""}, "name": {"贾明"}, "fields": {"园林绿化"}, "employer": {"示例园林所"}, "title": {"高级工程师"}, "region": {"320300000000"}, "away": {"2026-02-30"}}
	keeper.post("/desk/experts", entry)
	keeper.sees(http.StatusUnprocessableEntity, "请填写真实的日期", "专家 贾明")
	keeper.get("/desk/experts")
	keeper.misses("贾明")
	entry.Set("away", "2026-11-30")
	keeper.post("/desk/experts", entry)
	keeper.sees(http.StatusOK, "贾明")
}
