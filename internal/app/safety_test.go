package app_test

import (
	"crypto/sha1" //nolint:gosec // lists of leaked passwords go by it
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/ground/fault"
)

// Whoever holds a post of those that must have a second factor sets it up before
// anything else, and the others are left alone; nobody takes a password that the
// city's own list says has leaked.
func TestACityAsksForASecondFactorAndOtherPasswords(t *testing.T) {
	data, _ := apptest.Data(t, opening)
	list := filepath.Join(data, "leaked.txt")
	line := fmt.Sprintf("%X:12\n", sha1.Sum([]byte("Pengcheng-7788"))) //nolint:gosec // see above
	if err := os.WriteFile(list, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	c := openWith(t, app.Settings{Data: data, Safety: app.Safety{Leaked: list, Factor: []string{"admin"}, Scanner: "tcp://127.0.0.1:1"}})
	supervisor := c.signedIn("supervisor")
	supervisor.get("/desk")
	supervisor.sees(http.StatusOK, "今日")
	supervisor.post("/my/account/password", url.Values{"old": {"Tongban-2026"}, "password": {"Pengcheng-7788"}, "again": {"Pengcheng-7788"}})
	supervisor.sees(http.StatusUnprocessableEntity, "泄露过的密码名单")

	admin := c.signedIn("admin")
	for _, path := range []string{"/desk/admin", "/desk/admin/people", "/my"} {
		admin.get(path)
		if admin.at != "/my/account/code" {
			t.Fatalf("%s leads to %s", path, admin.at)
		}
	}
	admin.sees(http.StatusOK, "您的岗位要求开启两步验证")
	secret := regexp.MustCompile(`name="secret" value="([^"]+)"`).FindStringSubmatch(admin.raw)
	if secret == nil {
		t.Fatal(admin.page)
	}
	code, err := totp.GenerateCode(secret[1], c.now)
	if err != nil {
		t.Fatal(err)
	}
	token := caller{c, ""}.post("/sessions", "", `{"login":"admin","password":"Tongban-2026"}`)
	if status, answer := (caller{c, token["token"].(string)}).call("GET", "/archive", "", "", nil); status != http.StatusForbidden || answer["code"] != "api.token.factor" {
		t.Errorf("the API answers %d %v", status, answer)
	}
	admin.post("/my/account/code", url.Values{"old": {"Tongban-2026"}, "code": {code}, "secret": secret[1:], "address": {"x"}})
	admin.sees(http.StatusOK, "两步验证已经开启")
	admin.get("/desk/admin")
	admin.sees(http.StatusOK, "必须开启两步验证的岗位：系统管理员", "和本地的泄露口令库", "查毒程序没有应答")

	if _, err := app.Open(t.Context(), app.Settings{Data: data, Safety: app.Safety{Factor: []string{"nobody"}}}); fault.Code(err) != "app.factor" || !strings.Contains(fault.Say(err), "nobody") {
		t.Errorf("a role that there is not was taken: %v", err)
	}
}
