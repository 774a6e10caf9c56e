package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"tongban/internal/ground/fault"
)

// codeStep is how long one code of the second factor stands (RFC 6238).
const codeStep = 30 * time.Second

// newSecret makes a secret of 160 bits for an authenticator app, and the
// address to show as a QR code.
func newSecret(issuer, login string) (secret, address string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: login})
	if err != nil {
		return "", "", err
	}
	return key.Secret(), key.URL(), nil
}

// matchCode finds the step at which secret gives code: the step of now, or one
// before or after it, because clocks differ. No step: 0.
func matchCode(secret, code string, now time.Time) (step int64) {
	for _, off := range []int64{0, -1, 1} {
		then := now.Add(time.Duration(off) * codeStep)
		if want := codeAt(secret, then); want != "" && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return then.Unix() / int64(codeStep/time.Second)
		}
	}
	return 0
}

// codeAt is the code that an app with the secret shows at t; "" if the secret is none.
func codeAt(secret string, t time.Time) string {
	code, err := totp.GenerateCodeCustom(secret, t, totp.ValidateOpts{Period: 30, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return ""
	}
	return code
}

// recoveryCodes makes ten codes, each of which replaces the second factor once,
// for the day the phone is lost; only their hashes are kept.
func recoveryCodes() (codes, hashes []string) {
	for range 10 {
		text := rand.Text()
		code := strings.ToLower(text[:5] + "-" + text[5:10] + "-" + text[10:15])
		codes = append(codes, code)
		hashes = append(hashes, hashToken(code))
	}
	return codes, hashes
}

// hashToken is how a secret that we made ourselves is kept: it has more than 64
// random bits, so a plain hash is as good as a slow one.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func wrongCode() error {
	return fault.New(fault.SignIn, "identity.totp.wrong", "动态验证码不正确或已用过，请输入验证器里的最新六位数字").
		At("code", "wrong", "请输入验证器里的最新六位数字")
}
