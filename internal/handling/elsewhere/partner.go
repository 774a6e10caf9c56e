package elsewhere

import (
	"crypto"
	"crypto/ecdsa"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/ground/fault"
)

// A Partner is another installation with which matters are exchanged (协作平台).
type Partner struct {
	ID      string   // names its first key: see Identify
	Name    string   // "宿州市一体化政务服务平台"
	Address string   // where it listens: "https://zwfw.example.gov.cn"
	Key     string   // its public SM2 key, base64 of the PKIX structure; while it is entered, its card
	Regions []Region // it handles matters for these
	Resting bool     // 已停用: nothing is sent and nothing taken

	Superior bool // 上级平台: what its theme library says is the bottom line here

	Certificate string // PEM, where roots vouch for partners: see Roots
}

// Region is a division of a partner.
type Region struct {
	Code string `json:"code"` // 12 digits
	Name string `json:"name"`
}

// In returns the partner's division of that code.
func (p Partner) In(code string) (Region, bool) {
	i := slices.IndexFunc(p.Regions, func(r Region) bool { return r.Code == code })
	if i < 0 {
		return Region{}, false
	}
	return p.Regions[i], true
}

// A Line is how far the exchange with a partner has come, both ways.
type Line struct {
	Sent    int64 // number of the last message written for it
	Kept    int64 // of the last it says it keeps
	Taken   int64 // of the last that we took from it
	Held    int   // messages that came before their turn
	Tries   int   // failed since the last success
	Due     time.Time
	Say     string    // why the last try failed
	Refused int       // messages from it, or in its name, that were refused
	Last    string    // the last refusal, in words
	LastAt  time.Time // when
	Oldest  time.Time // of what waits to be sent

	Ahead     int64     // the number that the partner waits for, beyond what was written here; 0: it is not
	Gap       int64     // the last number that is missing before what is held
	HeldSince time.Time // of what is held, the earliest
	SumsOut   int64     // sums of what is written begin after this number
	SumsIn    int64     // and of what is taken after this one
	Continued string    // who had the line go on after a copy was brought back, and why
}

// Outrun reports whether the partner has taken other messages under the numbers that
// come next here: this installation was brought back from a copy.
func (l Line) Outrun() bool { return l.Ahead > l.Kept+1 }

// Gapped reports whether messages are missing before others that are held.
func (l Line) Gapped() bool { return l.Held > 0 && l.Gap > l.Taken }

// GapSay is what is missing, in words.
func (l Line) GapSay() string {
	return fmt.Sprintf("缺第%d至第%d号报文，后面的%d份在等", l.Taken+1, l.Gap, l.Held)
}

// Waiting is how many messages wait to be sent.
func (l Line) Waiting() int64 { return l.Sent - l.Kept }

// Identify is the name of an installation: the beginning of the hash of its
// public key, so that nobody can take another's name.
func Identify(key string) (string, error) {
	pkix, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(key), ""))
	if err != nil {
		return "", badKey()
	}
	if _, err := publicKey(pkix); err != nil {
		return "", err
	}
	sum := sm3.Sum(pkix)
	return hex.EncodeToString(sum[:8]), nil
}

// PublicKey is the signer's public key as partners enter it.
func PublicKey(s crypto.Signer) (string, error) {
	pkix, err := smx509.MarshalPKIXPublicKey(s.Public())
	return base64.StdEncoding.EncodeToString(pkix), err
}

func publicKey(pkix []byte) (*ecdsa.PublicKey, error) {
	parsed, err := smx509.ParsePKIXPublicKey(pkix)
	if err != nil {
		return nil, badKey()
	}
	key, ok := parsed.(*ecdsa.PublicKey)
	if !ok || !sm2.IsSM2PublicKey(key) {
		return nil, badKey()
	}
	return key, nil
}

func badKey() error {
	return fault.New(fault.Invalid, "elsewhere.partner.key", "公钥有误").At("key", "format", "请粘贴对方平台“协作平台”页面上的公钥")
}

// Check completes what an administrator entered, or says what is wrong with it.
// Whether the program may call the address at all is for may to say: an operator
// allows it when the program is started. Keys are all that the partner has had.
func (p Partner) Check(own string, may func(address string) error) (_ Partner, keys []string, err error) {
	p.Name, p.Address = strings.TrimSpace(p.Name), strings.TrimRight(strings.TrimSpace(p.Address), "/")
	bad := fault.New(fault.Invalid, "elsewhere.partner.check", "协作平台的信息还有要修改的地方")
	if p.Name == "" {
		bad = bad.At("name", "required", "请填写平台名称")
	}
	if err := may(p.Address); err != nil {
		bad = bad.At("address", fault.Code(err), "%s", fault.Say(err))
	}
	if p.ID, keys, err = follow(p.Key); err != nil {
		bad = bad.At("key", "format", "请粘贴对方平台“协作平台”页面上的公钥")
	} else if p.ID == own {
		bad = bad.At("key", "own", "这是本平台自己的公钥，请填写对方的")
	}
	if len(p.Regions) == 0 {
		bad = bad.At("regions", "required", "请至少填写一个区划，每行一个：12 位代码和名称")
	}
	for _, r := range p.Regions {
		if len(r.Code) != 12 || strings.Trim(r.Code, "0123456789") != "" || r.Name == "" {
			bad = bad.At("regions", "format", "区划每行一个：12 位代码、空格、名称，例如 341300000000 宿州市")
			break
		}
	}
	if len(bad.Fields) > 0 {
		return p, nil, bad
	}
	p.Key = keys[len(keys)-1]
	return p, keys, nil
}
