package app_test

import (
	"fmt"
	"testing"
)

// Who saw somebody's numbers whole, and why, is read by that person and by the
// administrator; nobody else finds it (个人信息保护法第四十四条).
func TestWhoSawOneWholeIsToldToOneselfAndTheAdministrator(t *testing.T) {
	c := openCity(t)
	citizen, admin := c.signedIn("limin"), c.signedIn("admin")
	citizen.get("/my/account")
	citizen.sees(200, "谁看过我的完整信息", "还没有人查看过")
	admin.get("/desk/admin/people/" + window1.Account)
	admin.sees(200, "看过谁的完整信息", "没有查看过")
	for i := range 21 {
		if _, err := c.Parties.Unmask(t.Context(), limin.Party, fmt.Sprintf("第%02d次核对证件", i+1), window1); err != nil {
			t.Fatal(err)
		}
	}
	citizen.get("/my/account")
	citizen.sees(200, window1.Name, "第21次核对证件", "第12次核对证件", "下一页")
	citizen.misses("第11次核对证件")
	admin.get("/desk/admin/people/" + window1.Account)
	admin.sees(200, "李敏", "第21次核对证件", "第02次核对证件", "下一页")
	admin.misses("第01次核对证件")
	seen, err := c.Parties.Unmaskings(t.Context(), limin.Party, "", "", 20, limin)
	if err != nil {
		t.Fatal(err)
	}
	admin.get("/desk/admin/people/" + window1.Account + "?seen=" + seen[19].ID)
	admin.sees(200, "第01次核对证件")
	other := c.signedIn("zhangwei")
	other.get("/my/account")
	other.sees(200, "还没有人查看过")
}
