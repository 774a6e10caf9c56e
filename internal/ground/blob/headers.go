package blob

import (
	"net/url"
	"path"
	"strings"
)

// Headers is what to say with a file when it is given out under name, so that
// a browser shows pictures and PDF, saves everything else, and runs nothing.
func (r Ref) Headers(name string) map[string]string {
	how, policy := "attachment", "default-src 'none'; sandbox"
	if kinds[r.Type].inline {
		how = "inline"
	}
	if r.Type == PDF {
		policy = "frame-ancestors 'self'" // browsers do not show PDF in a sandbox
	}
	return map[string]string{
		"Content-Type":                 r.Type.Media(),
		"Content-Disposition":          how + disposition(name, r.Type),
		"Content-Security-Policy":      policy,
		"X-Content-Type-Options":       "nosniff",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control":                "private, no-store",
		"ETag":                         `"` + r.Hash + `"`,
	}
}

// disposition gives the name twice: plain for the oldest readers, and in full
// (RFC 6266, RFC 8187).
func disposition(name string, t Type) string {
	name = Clean(name)
	if name == "" {
		name = "file"
	}
	if path.Ext(name) == "" && t != Unknown {
		name += strings.Fields(kinds[t].endings + " .bin")[0]
	}
	return `; filename="file` + plain(path.Ext(name)) + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

func plain(ending string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, ending)
}

// Clean is the last part of a file name, without what could lead elsewhere or
// deceive the eye (control and direction marks), 120 letters at the most.
func Clean(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r == 0x7f, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0xfeff, r == 0xfffd:
			return -1
		}
		return r
	}, name)
	name = strings.Trim(name, " .")
	if letters := []rune(name); len(letters) > 120 {
		ending := []rune(path.Ext(name))
		if len(ending) > 10 {
			ending = nil
		}
		name = string(letters[:120-len(ending)]) + string(ending)
	}
	return name
}
