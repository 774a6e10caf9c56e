package identity

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tongban/internal/ground/fault"
)

// Password lengths: the shortest that is safe against guessing at our lock-out,
// in characters, and the longest we are ready to hash, in bytes.
const (
	shortestPassword = 8
	longestPassword  = 256
)

// PasswordHint says what CheckPassword asks, beside every field for a new password.
var PasswordHint = fmt.Sprintf("至少 %d 个字符，不要用常见的密码或生日", shortestPassword)

//go:embed common.txt
var commonText string

var common = func() map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(commonText) {
		m[word] = true
	}
	return m
}()

// CheckPassword refuses a password that is short, common, found among those that
// leaked elsewhere, made of a run or a repetition, or that holds the login name:
// "identity.password.*", at "password" (as NIST SP 800-63B 5.1.1.2 has it, without
// rules of what letters must be in it).
func CheckPassword(password, login string) error {
	lower := strings.ToLower(password)
	switch {
	case !utf8.ValidString(password) || len(password) > longestPassword:
		return weak("long", "密码过长或含有无法识别的字符，请换一个")
	case utf8.RuneCountInString(password) < shortestPassword:
		return weak("short", "密码至少%d个字符，请加长", shortestPassword)
	case login != "" && strings.Contains(lower, strings.ToLower(login)):
		return weak("login", "密码不能包含登录名，请换一个")
	case common[lower] || common[bare(lower)] || isRun(lower):
		return weak("common", "这个密码太常见，容易被猜中，请换一个")
	case leaked(lower) || leaked(bare(lower)):
		return leakedFault()
	}
	return nil
}

func leakedFault() error {
	return weak("leaked", "这个密码在别处泄露过的密码名单里，容易被猜中，请换一个")
}

// bare is a password without the digits and marks that people put before and
// after a word: what is left of "password123!" is as easily guessed.
func bare(password string) string {
	return strings.TrimFunc(password, func(c rune) bool { return !unicode.IsLetter(c) })
}

func weak(reason, say string, args ...any) error {
	e := fault.New(fault.Invalid, "identity.password."+reason, say, args...)
	return e.At("password", reason, "%s", e.Say)
}

// isRun reports whether each character follows the one before by the same step
// of -1, 0 or 1: 11111111, abcdefgh, 98765432.
func isRun(s string) bool {
	r := []rune(s)
	if len(r) < 2 {
		return true
	}
	step := r[1] - r[0]
	if !slices.Contains([]rune{-1, 0, 1}, step) {
		return false
	}
	for i := range r[1:] {
		if r[i+1]-r[i] != step {
			return false
		}
	}
	return true
}
