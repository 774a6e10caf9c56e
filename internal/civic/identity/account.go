package identity

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tongban/internal/ground/fault"
)

// Real is how sure we are that an account belongs to the person it names
// (实名等级, 国办函〔2016〕108号 技术体系建设指南).
type Real int

// The grades of certainty.
const (
	Claimed  Real = 0 // named by whoever registered; nothing compared yet
	Compared Real = 1 // name and number compared with the population register
	Shown    Real = 2 // identity document shown to a person at a window
)

// An Account is one person's way into the platform (账号).
type Account struct {
	ID         string
	Login      string // unique, in lower case
	Name       string // the person's name, as papers and histories show it
	Mobile     string // for messages; encrypted in the table
	Party      string // parties.ID of the person; "" for an account that is only staff
	Region     string // 12-digit division code of the administrator in charge
	Real       Real
	Password   string // hash
	MustChange bool   // the password was given by someone else
	Locked     string // why an administrator closed the account; "" while open
	TOTP       string // secret of the second factor, base32; encrypted in the table
	TOTPOn     bool   // confirmed, so asked for
	Created    time.Time
	Version    int
}

// Open reports whether the account may be signed in to.
func (a Account) Open() bool { return a.Locked == "" }

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_.@-]{2,63}$`)

// CheckLogin refuses a login name that is not 3 to 64 lower-case letters,
// digits, or one of _ . @ -: "identity.login.form", at "login".
func CheckLogin(login string) error {
	if !loginForm.MatchString(login) {
		return at("identity.login.form", "login", "form", "登录名须为3至64位小写字母、数字或 _ . @ -，并以字母或数字开头")
	}
	return nil
}

// Fold is a login name as the table keeps it: outer blanks gone, in lower case.
func Fold(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

var mobileForm = regexp.MustCompile(`^1[3-9][0-9]{9}$`)

// CheckMobile refuses what is neither empty nor a mainland mobile number.
func CheckMobile(mobile string) error {
	if mobile != "" && !mobileForm.MatchString(mobile) {
		return at("identity.mobile.form", "mobile", "form", "请填写11位手机号码")
	}
	return nil
}

// CheckName refuses a name that is empty, longer than 50 characters, or holds
// control characters or marks that turn the direction of reading.
func CheckName(path, name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return at("identity.name.required", path, "required", "请填写姓名或名称")
	case utf8.RuneCountInString(name) > 50 || !Printable(name):
		return at("identity.name.form", path, "form", "姓名或名称过长，或含有不能使用的字符")
	}
	return nil
}

// Printable reports whether every character of s is one that people can see:
// no control character, no broken text, no mark that turns the reading direction.
func Printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	})
}

func at(code, path, reason, say string) error {
	return fault.New(fault.Invalid, code, "%s", say).At(path, reason, "%s", say)
}
