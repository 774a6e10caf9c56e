package signing

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
)

// A Letter is what is read before it is signed.
type Letter struct {
	Title string   `json:"title"`
	To    string   `json:"to,omitempty"`
	Text  []string `json:"text,omitempty"`
	List  []Line   `json:"list,omitempty"`
	After []string `json:"after,omitempty"`
}

// Line is a row of a letter's list.
type Line struct {
	Name string `json:"name"`
	Say  string `json:"say"`
}

// A Bundle is what somebody signs in one go: the letters, who signs them, and
// for whom they speak.
type Bundle struct {
	Letters []Letter `json:"letters"`
	Signer  string   `json:"signer"`
	For     string   `json:"for,omitempty"` // the applicant, where somebody else signs
}

// Digest names the words that are read: a signature counts for these and no others.
func (b Bundle) Digest() string {
	text, err := json.Marshal(b)
	if err != nil {
		return "" // a bundle is texts: it can always be written; "" fits no other
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// State is where a paper sent to the screen stands.
type State string

// The states of a paper on the screen.
const (
	Sent    State = "sent"    // 等待签署
	Signed  State = "signed"  // 已签署
	Change  State = "change"  // 请求修改
	Refused State = "refused" // 不签
	Taken   State = "taken"   // 已收回
)

// Han is the state in words.
func (s State) Han() string {
	return map[State]string{Sent: "等待签署", Signed: "已签署", Change: "请求修改", Refused: "申请人不签", Taken: "已收回"}[s]
}

// A Paper is a bundle on its way to the screen and back.
type Paper struct {
	ID      string        `json:"id"`
	Screen  string        `json:"screen"`
	Account string        `json:"account"` // of the clerk who sent it
	Clerk   string        `json:"clerk"`
	Window  string        `json:"window"`
	Bundle  Bundle        `json:"bundle"`
	Digest  string        `json:"digest"`
	State   State         `json:"state"`
	Say     string        `json:"say,omitempty"` // what is to be changed, or why not
	Ink     ink.Signature `json:"ink,omitzero"`
	At      time.Time     `json:"at"`
	Done    time.Time     `json:"done,omitzero"`

	Seq  int64  `json:"-"` // of the last fact
	Hash string `json:"-"`
}

// MostSay is how many characters an applicant may write to the clerk.
const MostSay = 200

// An Answer is what the person in front of the screen does.
type Answer struct {
	State State // Signed, Change or Refused
	Say   string
	Read  bool // 已阅读并自愿签署
	Ink   ink.Signature
}

// Answered is the paper after the answer, or why there can be none: what was
// answered stays as it is, and nobody signs what they do not say they have read.
func (p Paper) Answered(a Answer, at time.Time) (Paper, error) {
	a.Say = strings.TrimSpace(a.Say)
	switch {
	case p.State != Sent:
		return p, fault.New(fault.Conflict, "signing.answer.over", "这份文书现在是“%s”，不用再签", p.State.Han())
	case a.State != Signed && a.State != Change && a.State != Refused:
		return p, fault.New(fault.Invalid, "signing.answer.what", "请选择签署、请修改或者不签")
	case a.State == Change && a.Say == "":
		return p, fault.New(fault.Invalid, "signing.answer.say", "请写明要改什么").At("say", "required", "请写明哪里不对，工作人员改好后再请您看")
	case utf8.RuneCountInString(a.Say) > MostSay:
		return p, fault.New(fault.Invalid, "signing.answer.long", "写得太长").At("say", "length", "最多 %d 个字", MostSay)
	case a.State == Signed && !a.Read:
		return p, fault.New(fault.Invalid, "signing.answer.read", "请确认已经阅读").At("read", "required", "请确认已经看完上面的内容，自愿签署；不愿意可以不签")
	case a.State == Signed && a.Ink.Name != p.Bundle.Signer:
		return p, fault.New(fault.Invalid, "signing.answer.name", "请由%s签署", p.Bundle.Signer).At("signed", "name", "请由%s签署", p.Bundle.Signer)
	}
	p.State, p.Done = a.State, at
	if a.State == Signed {
		p.Ink = a.Ink
	} else {
		p.Say = a.Say
	}
	return p, nil
}

// Signature is what the paper was signed with, if these very words were signed.
func (p Paper) Signature(b Bundle) (ink.Signature, error) {
	switch {
	case p.State != Signed:
		return ink.Signature{}, fault.New(fault.Conflict, "signing.signature.state", "签署屏上的文书还没有签（%s），请等申请人签好", p.State.Han())
	case p.Digest != b.Digest():
		return ink.Signature{}, fault.New(fault.Conflict, "signing.signature.words", "文书在签署以后改过，请重新送到签署屏，请申请人再看一遍后签署")
	}
	return p.Ink, nil
}
