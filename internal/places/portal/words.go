package portal

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/codes"
	"tongban/internal/places/frame"
)

// plainTopic is a theme without what stands in brackets after it.
func plainTopic(label string) string {
	name, _, _ := strings.Cut(label, "（")
	return name
}

// takes is how long a matter takes once it is accepted: a lower agency that reviews
// it first has time of its own (行政许可法第四十三条).
func takes(e *items.Edition) string {
	made := e.Binding().String() + "内办好"
	if _, limit, on := e.Lower(); on {
		return "先由" + e.FirstReview.AgencyName + "在" + limit.String() + "内审查，再由" + e.AgencyName + "在" + made
	}
	return made
}

// topicName is what people call a subject: person:010 is 户籍办理.
func topicName(topic string) string {
	whose, code, _ := strings.Cut(topic, ":")
	switch whose {
	case "person":
		return plainTopic(codes.Lists()["person-topic"].Label(code))
	case "firm":
		return plainTopic(codes.Lists()["legal-topic"].Label(code))
	}
	return code
}

// itemsAddress is the list of items narrowed by pairs of names and values.
func itemsAddress(pairs ...string) string { return address("/items", pairs...) }

func address(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// cursorText is a place in a list as addresses carry it; "" is the beginning.
func cursorText(c items.Cursor) string {
	if c == (items.Cursor{}) {
		return ""
	}
	text, _ := json.Marshal(c) // two strings: cannot fail
	return base64.RawURLEncoding.EncodeToString(text)
}

// cursorOf reads cursorText; what nobody wrote is the beginning.
func cursorOf(text string) items.Cursor {
	var c items.Cursor
	body, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(body, &c) != nil {
		return items.Cursor{}
	}
	return c
}

// found is an item as lists show it.
func found(e items.Entry) frame.Found {
	f := frame.Found{Text: e.Name, Href: "/items/" + string(e.ID), Note: e.AgencyName + " · " + string(e.Type)}
	if e.Filing {
		f.Note += "（备案）"
	}
	f.Facts = append(f.Facts, limitWords(e.Limit), visitWords(e.Visits))
	if e.Online {
		f.Tone, f.Tag = frame.Green, "全程网办"
	}
	return f
}

func foundAll(entries []items.Entry) []frame.Found {
	list := make([]frame.Found, len(entries))
	for i, e := range entries {
		list[i] = found(e)
	}
	return list
}

func limitWords(limit string) string {
	if limit == "" {
		return "时限见指南"
	}
	return limit
}

func visitWords(n int) string {
	if n == 0 {
		return "不用跑"
	}
	return "最多跑 " + itoa(n) + " 次"
}
