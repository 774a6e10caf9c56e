package archives

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/event"
)

// A Finding is what was found of one of the four properties (四性检测).
type Finding struct {
	Property string `json:"property"` // 真实性、完整性、可用性、安全性
	Good     bool   `json:"good"`
	Say      string `json:"say"`
}

// Files tells whether the platform has a file of this digest.
type Files func(hash string) bool

// Check looks at a content as it is to be taken in (DA/T 70-2018, 归档环节).
// has is nil where no files can be looked at.
func (c Content) Check(has Files) []Finding {
	return []Finding{
		finding("真实性", c.genuine(), fmt.Sprintf("%d条记录的摘要链完整，止于%s", len(c.Facts), short(c.Head.Hash))),
		finding("完整性", c.complete(has), fmt.Sprintf("元数据齐全，%d份文书、%d个文件均在", len(c.Papers), len(c.Files))),
		{"可用性", true, c.usable()},
		finding("安全性", c.safe(), "没有可执行的文件"),
	}
}

func finding(property, bad, good string) Finding {
	if bad != "" {
		return Finding{property, false, bad}
	}
	return Finding{property, true, good}
}

// Refused is why the content cannot be taken in; "" if it can.
func Refused(all []Finding) string {
	var bad []string
	for _, f := range all {
		if !f.Good {
			bad = append(bad, f.Property+"："+f.Say)
		}
	}
	return strings.Join(bad, "；")
}

func short(hash string) string { return hash[:min(len(hash), 12)] }

// genuine: the facts are what was written, to the last.
func (c Content) genuine() string {
	head, err := event.Verify(c.Facts)
	switch {
	case err != nil:
		return "记录链断裂：" + err.Error()
	case head != c.Head || head.Seq == 0:
		return fmt.Sprintf("记录链止于第%d条，应止于第%d条", head.Seq, c.Head.Seq)
	}
	return ""
}

// complete: nothing that an archive is found by is missing, each paper was given
// by one of the facts, and each file is there.
func (c Content) complete(has Files) string {
	for _, m := range []struct{ name, value string }{
		{"编号", c.About}, {"题名", c.Title}, {"责任者", c.Author}, {"事项", c.Item}, {"当事人", c.Holder}, {"结果", c.Result}, {"保管期限", c.Keep.Han()},
	} {
		if m.value == "" {
			return "缺少元数据：" + m.name
		}
	}
	if c.Opened.IsZero() || c.Closed.Before(c.Opened) {
		return "收件、办结时间不全或者颠倒"
	}
	for _, p := range c.Papers {
		if p.Seq < 1 || p.Seq > c.Head.Seq {
			return "文书“" + p.Title + "”不在记录中"
		}
	}
	for _, f := range c.Files {
		if has != nil && !has(f.Hash) {
			return "文件“" + f.Name + "”不在平台上"
		}
	}
	return ""
}

// lasting are the formats that archives keep: pages, pictures and texts. What came in
// another one is kept as it came, and that is said.
var lasting = []blob.Type{blob.PDF, blob.OFD, blob.JPEG, blob.PNG, blob.TIFF, blob.GIF, blob.BMP, blob.WebP, blob.Text}

func (c Content) usable() string {
	other := 0
	for _, f := range c.Files {
		if !slices.Contains(lasting, blob.Type(f.Type)) {
			other++
		}
	}
	if other == 0 {
		return "内容可以打开，文件格式均为长期保存格式"
	}
	return fmt.Sprintf("内容可以打开，%d个文件不是长期保存格式，按原样保存", other)
}

// safe: no file is a program, told from its content when it was taken in.
func (c Content) safe() string {
	for _, f := range c.Files {
		if t := blob.Type(f.Type); t == blob.Program || t == blob.HTML {
			return "文件“" + f.Name + "”是" + t.Say()
		}
	}
	return ""
}
