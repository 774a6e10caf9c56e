package identity

import "testing"

func TestAnAccountsHistoryIsToldInWords(t *testing.T) {
	for _, tt := range []struct{ act, detail, what, how string }{
		{"signin", "pc", "登录", "电脑"},
		{"switch", "mobile", "切换办事身份", "手机"},
		{"signin", "fax", "登录", ""},
		{"lock", "已离职", "停用账号", "已离职"},
		{"mandate", "01jx9k", "企业授权", ""},
		{"displace", "", "账号被证件所有人收回", ""},
	} {
		e := Entry{Act: tt.act, Detail: tt.detail}
		if e.What() != tt.what || e.How() != tt.how {
			t.Errorf("%s %s is %q, %q", tt.act, tt.detail, e.What(), e.How())
		}
	}
}
