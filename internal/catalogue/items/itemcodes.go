package items

import "tongban/internal/civic/codes"

// codeRules hold the codes of an edition to GB/T 39554.1 and to each other.
var codeRules = []Rule{
	{"items.code.shape", Error, "编码须符合国家编码规则", "GB/T 39554.1-2020", brokenCodes},
	{"items.code.doubtful", Warning, "编码中的疑点须确认", "GB/T 39554.1-2020", doubtfulCodes},
	{"items.code.agree", Error, "基本编码、实施编码、办理项编码须互相一致", "GB/T 39554.1-2020", disagreeingCodes},
	{"items.code.type", Error, "编码中的事项类型、行使层级须与要素一致", "GB/T 39554.1-2020", codesAgainstElements},
	{"items.topic", Error, "主题须在国家主题分类之内", "国家政务服务平台主题分类", unknownTopics},
}

// nationalCodes are the codes of an edition that the national scheme governs,
// each with the scheme it must have.
func (e *Edition) nationalCodes() []struct {
	path, text string
	scheme     codes.Scheme
} {
	return []struct {
		path, text string
		scheme     codes.Scheme
	}{
		{"codes.catalogue", e.Codes.Catalogue, codes.Basic},
		{"codes.implementation", e.Codes.Implementation, codes.Implementation},
		{"codes.handling", e.Codes.Handling, codes.Handling},
	}
}

func brokenCodes(e *Edition, say report) {
	for _, c := range e.nationalCodes() {
		if c.text == "" {
			if c.scheme != codes.Handling {
				say(c.path, "请填写%s", c.scheme)
			}
			continue
		}
		code, findings := codes.ParseItemCode(c.text)
		if code.Scheme != c.scheme {
			say(c.path, "“%.40s”不是%s", c.text, c.scheme)
		}
		for _, f := range findings {
			if f.Severity == codes.Wrong {
				say(c.path, "%s", f.Say)
			}
		}
	}
}

func doubtfulCodes(e *Edition, say report) {
	for _, c := range e.nationalCodes() {
		if c.text == "" {
			continue
		}
		_, findings := codes.ParseItemCode(c.text)
		for _, f := range findings {
			if f.Severity == codes.Doubtful {
				say(c.path, "%s", f.Say)
			}
		}
	}
}

func disagreeingCodes(e *Edition, say report) {
	implementation, _ := codes.ParseItemCode(e.Codes.Implementation)
	handling, _ := codes.ParseItemCode(e.Codes.Handling)
	if b := implementation.Basic(); b != "" && b != e.Codes.Catalogue {
		say("codes.implementation", "实施编码中的基本编码（%s）与基本编码（%s）不一致", b, e.Codes.Catalogue)
	}
	if handling.Scheme == codes.Handling && handling.Agency+handling.Level+handling.Basic() != e.Codes.Implementation {
		say("codes.handling", "业务办理项编码应以实施编码（%s）开头", e.Codes.Implementation)
	}
}

func codesAgainstElements(e *Edition, say report) {
	basic, _ := codes.ParseItemCode(e.Codes.Catalogue)
	if want, got := e.Type.Code(), basic.NationalType(); want != "" && got != "" && want != got {
		say("codes.catalogue", "编码中的事项类型是%s，要素中的%s应是%s", got, e.Type, want)
	}
	implementation, _ := codes.ParseItemCode(e.Codes.Implementation)
	if want, got := e.Level.Code(), implementation.Level; want != "" && got != "" && want != got {
		say("codes.implementation", "编码中的行使层级是%s，要素中的%s应是%s", got, e.Level, want)
	}
}

func unknownTopics(e *Edition, say report) {
	for _, list := range []struct {
		path, id string
		codes    []string
	}{{"personTopics", "person-topic", e.PersonTopics}, {"firmTopics", "legal-topic", e.FirmTopics}} {
		for i, c := range list.codes {
			if _, ok := codes.Lists()[list.id].Find(c); !ok {
				say(at(list.path, i), "国家主题分类中没有“%.10s”", c)
			}
		}
	}
}
