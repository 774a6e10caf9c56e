package openapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

// strict is JSON as we take it: one value, of UTF-8, without characters that
// nobody can see.
var strict = huma.Format{
	Marshal: huma.DefaultJSONFormat.Marshal,
	Unmarshal: func(data []byte, v any) error {
		whole, ok := v.(*any)
		if !ok {
			return json.Unmarshal(data, v)
		}
		if bytes.HasPrefix(data, []byte(gzipMark)) {
			return errors.New("compressed|内容是压缩过的，请不要压缩，直接提交")
		}
		if !utf8.Valid(data) {
			return errors.New("utf8|内容不是 UTF-8 编码的文本")
		}
		deepest, names := shape(data)
		if deepest > mostDepth {
			return errors.New("depth|内容嵌套太深")
		}
		if err := json.Unmarshal(data, whole); err != nil {
			return errors.New("json|内容不是有效的 JSON")
		}
		if names != distinct(*whole) {
			at := repeated(json.NewDecoder(bytes.NewReader(data)), "")
			return errors.New("repeated|" + strings.TrimPrefix(at, ".") + "|这一项写了两次，请只留一个")
		}
		if at, has := unseenAt(*whole); has {
			return errors.New("characters|" + strings.TrimPrefix(at, ".") + "|里面有看不见的字符，请删除后再提交")
		}
		return nil
	},
}

// gzipMark is how what gzip made begins.
const gzipMark = "\x1f\x8b"

// repeated is the first place in the next value of d, which is sound JSON, where an
// object has one name twice; "" there is none. Of {"grant": true, "grant": false}
// nobody can say what was meant.
func repeated(d *json.Decoder, at string) string {
	switch open, _ := d.Token(); open {
	case json.Delim('['):
		for i := 0; d.More(); i++ {
			if twice := repeated(d, fmt.Sprintf("%s[%d]", at, i)); twice != "" {
				return twice
			}
		}
		_, _ = d.Token() // it is sound: this is its end
	case json.Delim('{'):
		seen := map[string]bool{}
		for d.More() {
			token, _ := d.Token()
			name, _ := token.(string)
			if seen[name] {
				return at + "." + name
			}
			seen[name] = true
			if twice := repeated(d, at+"."+name); twice != "" {
				return twice
			}
		}
		_, _ = d.Token() // it is sound: this is its end
	}
	return ""
}

// mostDepth is how deep a request may nest.
const mostDepth = 32

// distinct is how many names the objects of v have, each once in its object.
func distinct(v any) (n int) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			n += distinct(one)
		}
	case map[string]any:
		n = len(v)
		for _, one := range v {
			n += distinct(one)
		}
	}
	return n
}

// shape is how deep the arrays and objects of data nest, and how many names these
// have. It does not look into texts, which may hold brackets too; broken JSON is told
// by the parser.
func shape(data []byte) (deepest, names int) {
	now, text := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			text = !text
		case text && c == '\\':
			i++ // whatever comes next stands for itself
		case text:
		case c == '{' || c == '[':
			now++
			deepest = max(deepest, now)
		case c == '}' || c == ']':
			now--
		case c == ':':
			names++
		}
	}
	return deepest, names
}

// unseenAt is where in v a text has characters that cannot be seen: control
// characters, and marks that turn the direction of reading; and whether one has.
func unseenAt(v any) (at string, has bool) {
	switch v := v.(type) {
	case string:
		return "", hidden(v)
	case []any:
		for i, one := range v {
			if at, has := unseenAt(one); has {
				return fmt.Sprintf("[%d]%s", i, at), true
			}
		}
	case map[string]any:
		for name, one := range v {
			if hidden(name) {
				return "", true
			}
			if at, has := unseenAt(one); has {
				return "." + name + at, true
			}
		}
	}
	return "", false
}

func hidden(text string) bool {
	for _, c := range text {
		switch {
		case c < ' ' && c != '\n' && c != '\r' && c != '\t', c >= 0x7f && c < 0xa0, c == 0xFEFF, c == 0xFFFD,
			c >= 0x200B && c <= 0x200F, c >= 0x202A && c <= 0x202E, c >= 0x2066 && c <= 0x2069:
			return true
		}
	}
	return false
}

// speakChinese sets what huma says, once for the program: the stable code and
// the sentence, apart by a bar. "@" stands before the name of what is missing.
var speakChinese = sync.OnceFunc(func() {
	huma.NewErrorWithContext = told
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return &problem{Status: status, Detail: msg}
	}
	validation.MsgUnexpectedProperty = "unknown|接口没有这一项"
	validation.MsgExpectedRequiredProperty = "required|@%s"
	validation.MsgExpectedString = "type|应为文本"
	validation.MsgExpectedBoolean = "type|应为 true 或者 false"
	validation.MsgExpectedNumber = "type|应为数字"
	validation.MsgExpectedInteger = "type|应为整数"
	validation.MsgExpectedArray = "type|应为数组"
	validation.MsgExpectedObject = "type|应为对象"
	validation.MsgExpectedOneOf = "choice|应为其中之一：%s"
	validation.MsgExpectedMinLength = "length|不少于 %d 个字"
	validation.MsgExpectedMaxLength = "length|不超过 %d 个字"
	validation.MsgExpectedMinItems = "items|不少于 %d 项"
	validation.MsgExpectedMaxItems = "items|不超过 %d 项"
	validation.MsgExpectedMaxProperties = "items|不超过 %d 项"
	validation.MsgExpectedMinimumNumber = "range|不小于 %v"
	validation.MsgExpectedMaximumNumber = "range|不大于 %v"
	validation.MsgExpectedMatchPattern = "pattern|格式不对，应符合 %s"
	validation.MsgExpectedBePattern = "pattern|格式不对：%s"
	validation.MsgExpectedRFC3339Date = "date|应为真实的日期，例如 2026-09-24"
	validation.MsgExpectedRFC3339DateTime = "time|应为时间，例如 2026-09-24T09:30:00+08:00"
})
