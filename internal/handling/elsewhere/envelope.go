package elsewhere

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/ground/fault"
)

// Bounds of the exchange.
const (
	MostBytes = 40 << 20         // of one message with its files
	mostFiles = 28 << 20         // of the files in it, which take a third more room there
	skew      = 10 * time.Minute // by which the clocks of two installations may differ, and a message be under way
	farthest  = 200              // how many numbers ahead of its turn a message is held
)

// An Envelope is one message between two installations.
type Envelope struct {
	From   string          `json:"from"` // Identify of the sender
	To     string          `json:"to"`
	Number int64           `json:"number"` // 1, 2, 3 … from this sender to this receiver
	Key    string          `json:"key"`    // names what is told; the same is never told twice
	Kind   Kind            `json:"kind"`
	Made   time.Time       `json:"made"`
	Sent   time.Time       `json:"sent"` // of this try
	Body   json.RawMessage `json:"body"`
}

// Digest is what makes two envelopes the same message: all but when it was sent.
func (e Envelope) Digest() string {
	e.Sent = time.Time{}
	text, err := json.Marshal(e)
	if err != nil {
		return "" // a body that is no JSON was refused when it was read
	}
	sum := sm3.Sum(text)
	return hex.EncodeToString(sum[:])
}

// A packet is what travels: signed text, and the files whose hashes stand in it.
type packet struct {
	Text      []byte            `json:"text"`
	Signature []byte            `json:"signature"`
	Card      string            `json:"card,omitempty"`  // of the sender, once its first key was replaced
	Files     map[string][]byte `json:"files,omitempty"` // by SM3 of the content
}

// pack signs v.
func (s *Service) pack(v any, files map[string][]byte) ([]byte, error) {
	key, card, err := s.signer()
	if err != nil {
		return nil, err
	}
	if !strings.Contains(card, "|") {
		card = ""
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write a message: %w", err)
	}
	sig, err := key.Sign(rand.Reader, text, sm2.DefaultSM2SignerOpts)
	if err != nil {
		return nil, fmt.Errorf("sign a message: %w", err)
	}
	return json.Marshal(packet{text, sig, card, files})
}

// unpack reads a packet; whose it is shows when it is verified.
func unpack(raw []byte, v any) (p packet, err error) {
	if err := json.Unmarshal(raw, &p); err != nil {
		return p, malformed()
	}
	if err := json.Unmarshal(p.Text, v); err != nil {
		return p, malformed()
	}
	for hash, content := range p.Files {
		if sum := sm3.Sum(content); hex.EncodeToString(sum[:]) != hash {
			return p, malformed()
		}
	}
	return p, nil
}

func malformed() error {
	return fault.New(fault.Invalid, "elsewhere.message.format", "报文格式有误")
}

// signedBy reports whether the key made the signature.
func (p packet) signedBy(key string) bool {
	pkix, err := base64.StdEncoding.DecodeString(key)
	if err != nil {
		return false
	}
	public, err := publicKey(pkix)
	return err == nil && sm2.VerifyASN1WithSM2(public, nil, p.Text, p.Signature)
}

// An Outcome is what becomes of a message that arrives.
type Outcome string

// The outcomes.
const (
	Done     Outcome = "done"     // 已处理
	Repeated Outcome = "repeated" // 重复：已经处理过，不再处理
	Held     Outcome = "held"     // 先到：暂存，等前面的号到齐
	Stranger Outcome = "stranger" // 拒收：不认识或者已停用的平台
	Forged   Outcome = "forged"   // 拒收：签名不对
	Astray   Outcome = "astray"   // 拒收：不是发给本平台的
	Stale    Outcome = "stale"    // 拒收：发出时间太久，或者时钟不准
	Altered  Outcome = "altered"  // 拒收：同一个号，内容不同
	TooFar   Outcome = "too-far"  // 拒收：号码超前太多
	Garbled  Outcome = "garbled"  // 拒收：格式有误

	Untrusted Outcome = "untrusted" // 拒收：证书不可信或者已过期
)

// Kept reports whether the sender need not send the message again.
func (o Outcome) Kept() bool { return o == Done || o == Repeated || o == Held }

// Say is the outcome in words, for both administrators.
func (o Outcome) Say() string {
	return map[Outcome]string{
		Done: "已处理", Repeated: "重复报文，以前处理过，没有再处理", Held: "号码先到，已暂存，等前面的报文到齐后处理",
		Stranger: "不认识发送方，或者已经停用。请核对双方登记的公钥", Forged: "签名核验不通过，可能被伪造或者改动",
		Astray: "不是发给本平台的报文", Stale: "发出时间与本平台时钟相差超过10分钟，可能是旧报文重放，或者一方时钟不准",
		Altered: "号码用过，但内容不同，请双方核对", TooFar: "号码超前太多，请从缺少的号码起重发", Garbled: "报文格式有误",
		Untrusted: "发送方的证书已经过期，或者不是约定的根证书签发的，请更换证书后重发",
	}[o]
}

// Admit says what becomes of a message whose signature is right: done if it is
// the next, held if it came before its turn, and refused if it is for somebody
// else, too old, or not what came under its number before. Before is the digest
// of what did, "" if nothing.
func Admit(e Envelope, own string, taken int64, before string, now time.Time) Outcome {
	switch {
	case e.To != own:
		return Astray
	case e.Number < 1 || e.Key == "" || !e.Kind.known():
		return Garbled
	case e.Sent.Sub(now).Abs() > skew:
		return Stale
	case before != "" && before != e.Digest():
		return Altered
	case before != "" || e.Number <= taken:
		return Repeated
	case e.Number == taken+1:
		return Done
	case e.Number > taken+farthest:
		return TooFar
	}
	return Held
}

// A Receipt is what the receiver answers, signed.
type Receipt struct {
	From    string    `json:"from"`
	To      string    `json:"to"`
	Number  int64     `json:"number"`
	Digest  string    `json:"digest"`
	Outcome Outcome   `json:"outcome"`
	Say     string    `json:"say"`
	Next    int64     `json:"next"` // the number that is waited for
	At      time.Time `json:"at"`
}

// Answers reports whether the receipt is that of the envelope.
func (r Receipt) Answers(e Envelope) bool {
	return r.From == e.To && r.To == e.From && r.Number == e.Number && r.Digest == e.Digest()
}

// Lacks reports whether the receiver waits for a number that the sender, who is told
// up to kept, holds for kept there: the receiver was brought back from a copy, and
// has forgotten what came since.
func (r Receipt) Lacks(kept int64) bool { return r.Next > 0 && r.Next <= kept }

// Ahead is the number that the receiver waits for, if it has taken others under the
// numbers from this one on: then the sender was brought back from a copy. Else 0.
func (r Receipt) Ahead() int64 {
	if r.Outcome == Altered && r.Next > r.Number {
		return r.Next
	}
	return 0
}
