package codes

import "strings"

// A USCC is a unified social credit code (统一社会信用代码, GB 32100-2015), taken apart.
type USCC struct {
	Code         string // 18 characters
	Department   string // 登记管理部门, one character
	Category     string // 机构类别, one character
	Division     string // 登记机关行政区划, six digits
	Organization string // 主体标识, nine characters, an organization code
}

const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var usccWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// ParseUSCC takes a code apart. A code of the wrong length or with characters
// outside the alphabet is Wrong. One whose check fails is Doubtful: codes given
// out by the first pilot cities fail it and are lawful, so an existing subject
// is never turned away for it. The fault says which, at severities above Sound.
func ParseUSCC(s string) (USCC, Severity, error) {
	s = Tidy(s)
	if len(s) != 18 {
		return USCC{}, Wrong, bad("uscc.length", "统一社会信用代码应是18位，请核对后重新填写")
	}
	if at := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune(usccAlphabet, r) }); at >= 0 {
		return USCC{}, Wrong, bad("uscc.characters", "统一社会信用代码只有数字和大写字母，且没有 I、O、S、V、Z，请核对第%d位", at+1)
	}
	c := USCC{s, s[:1], s[1:2], s[2:8], s[8:17]}
	if !digits(c.Division) {
		return c, Wrong, bad("uscc.division", "统一社会信用代码第3至8位应是行政区划数字，请核对")
	}
	if usccCheck(s[:17]) != s[17] {
		return c, Doubtful, bad("uscc.check", "统一社会信用代码最后一位校验不符，请逐位核对；确与证照一致的可以继续")
	}
	return c, Sound, nil
}

// Questioned is a code as it is shown to whoever has to judge by it: with a word
// beside it if it is Doubtful. Everywhere else a doubt would pass unseen.
func Questioned(s string) string {
	if _, severity, _ := ParseUSCC(s); severity == Doubtful {
		return s + "（末位校验不符，请与证照核对）"
	}
	return s
}

// MakeUSCC makes the code of a new subject: the two characters that say who
// registers it and what it is (91 企业), the six digits of the registrar's
// division and eight characters of its own; both checks are added. It is "" when
// the parts cannot be those of a code.
func MakeUSCC(kind, division, own string) string {
	if len(kind) != 2 || len(division) != 6 || len(own) != 8 || !alnum(own) {
		return ""
	}
	body := kind + division + own + string(organizationCheck(own))
	if strings.ContainsFunc(body, func(r rune) bool { return !strings.ContainsRune(usccAlphabet, r) }) {
		return ""
	}
	return body + string(usccCheck(body))
}

// usccCheck is the check character over the first 17 (MOD 31).
func usccCheck(body string) byte {
	sum := 0
	for i, w := range usccWeights {
		sum += strings.IndexByte(usccAlphabet, body[i]) * w
	}
	return usccAlphabet[(31-sum%31)%31]
}

var organizationWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}

// ParseOrganization reads an organization code (组织机构代码, GB 11714): eight
// characters and a check, with or without a hyphen before the check. It returns
// the nine characters. A failing check is Doubtful, as in ParseUSCC.
func ParseOrganization(s string) (string, Severity, error) {
	s = strings.Replace(Tidy(s), "-", "", 1)
	if len(s) != 9 || !alnum(s) {
		return "", Wrong, bad("organization.length", "组织机构代码应是9位数字或大写字母，请核对")
	}
	if organizationCheck(s[:8]) != s[8] {
		return s, Doubtful, bad("organization.check", "组织机构代码最后一位校验不符，请逐位核对")
	}
	return s, Sound, nil
}

func organizationCheck(body string) byte {
	sum := 0
	for i, w := range organizationWeights {
		sum += base36(body[i]) * w
	}
	return "0123456789X"[(11-sum%11)%11]
}

// base36 is the value of a digit or capital, 0 to 35.
func base36(c byte) int {
	if c >= 'A' {
		return int(c-'A') + 10
	}
	return int(c - '0')
}
