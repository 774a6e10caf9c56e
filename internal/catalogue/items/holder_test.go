package items

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
	"tongban/internal/engine/forms"
)

const mother, father, child = "320303199305072222", "32030319900101111X", "320303202606010011"

// born asks whose the papers are that a birth needs.
func born(materials ...Material) *Edition {
	number := func(id, when string) forms.Field { return forms.Field{ID: id, Kind: forms.IDNumber, When: when} }
	return &Edition{Materials: materials, Questions: []forms.Question{{ID: "随谁落户", Options: []forms.Option{{Value: "随父亲"}, {Value: "随母亲"}}}, {ID: "登记父亲信息"}},
		Form: forms.Form{Groups: []forms.Group{{ID: "g", Fields: []forms.Field{number("母亲号码", ""), number("父亲号码", `登记父亲信息 == "是"`), {ID: "姓名", Kind: forms.Text}}}}}}
}

func TestWhoseCertificateItIsTheAnswersTell(t *testing.T) {
	const follows = `随谁落户 == "随父亲" ? 父亲号码 : 母亲号码`
	both := forms.Answers{"母亲号码": mother, "父亲号码": strings.ToLower(father), "登记父亲信息": "是", "随谁落户": "随母亲"}
	for _, x := range []struct {
		name, holder, number string
		answers              forms.Answers
		want                 bool
	}{
		{"the mother's for the mother", "母亲号码", mother, both, true},
		{"the mother's for the father", "母亲号码", father, both, false},
		{"the father's for the father, an x typed small", "父亲号码", father, both, true},
		{"either's for each of them", "父亲号码、母亲号码", mother, both, true},
		{"either's, the other not told", "父亲号码，母亲号码", mother, forms.Answers{"母亲号码": mother}, true},
		{"either's for a third", "父亲号码、母亲号码", child, both, false},
		{"of her whom the child follows", follows, mother, both, true},
		{"not of him whom it does not follow", follows, father, both, false},
		{"not answered", "母亲号码", mother, nil, false},
		{"answered where it was not asked", "父亲号码", father, forms.Answers{"父亲号码": father, "登记父亲信息": "否"}, false},
		{"no number known of who applies", "母亲号码", "", forms.Answers{}, false},
		{"a question that is not there", "外婆号码", mother, both, false},
		{"what cannot be read", "母亲号码)(", mother, both, false},
		{"what would always hold", "母亲号码] or true or 1 in [1", child, both, false},
		{"a name that is no holder", `"` + mother + `" == 母亲号码 or true`, child, both, false},
	} {
		m := Material{Name: "身份证", Certificate: "居民身份证", Holder: x.holder}
		e, who := born(m), Asker{x.number, x.answers}
		if got := e.Fetches(m, who); got != x.want || (e.Unfetched(m, who) == "") != got || m.Fetched() {
			t.Errorf("%s: %v, %q", x.name, got, e.Unfetched(m, who))
		}
	}
}

// Whatever is answered: a certificate that hangs on a holder is fetched exactly
// for the person whose number was asked for and given.
func TestOnlyTheHoldersOwnCertificateIsFetched(t *testing.T) {
	people := rapid.SampledFrom([]string{mother, father, child, ""})
	rapid.Check(t, func(t *rapid.T) {
		who, a, b := people.Draw(t, "who"), people.Draw(t, "mother"), people.Draw(t, "father")
		asked := rapid.Bool().Draw(t, "the father is asked")
		answers := forms.Answers{"母亲号码": a, "父亲号码": b, "登记父亲信息": map[bool]string{true: "是", false: "否"}[asked]}
		one := Material{Name: rapid.SampledFrom([]string{"身份证", "产妇身份证", "父母结婚证"}).Draw(t, "name"), Certificate: "居民身份证", Holder: "母亲号码"}
		any := one
		any.Holder = "父亲号码、母亲号码"
		e := born(one, any)
		his := asked && b == who
		if e.Fetches(one, Asker{who, answers}) != (who != "" && a == who) || e.Fetches(any, Asker{who, answers}) != (who != "" && (a == who || his)) {
			t.Fatalf("%s, mother %s, father %s (asked %v)", who, a, b, asked)
		}
	})
}

func TestAHolderIsAQuestionThatTakesANumber(t *testing.T) {
	for holder, want := range map[string]string{
		"母亲号码": "", "父亲号码、母亲号码": "", `随谁落户 == "随父亲" ? 父亲号码 : 母亲号码`: "", "": "",
		"外婆号码": "“外婆号码”不是表单里的问题", "姓名": "“姓名”不是填写号码的问题", "母亲号码、姓名": "“姓名”不是填写号码的问题", `随谁落户 == "随父亲" ? 姓名 : 姓名`: "不是填写号码的问题", "母亲号码] or true or 1 in [1": "不是表单里的问题", `"320303"`: "不是填写号码的问题",
	} {
		e := born(Material{ID: "m1", Name: "身份证", Certificate: "居民身份证", Holder: holder})
		said := ""
		holderless(e, func(path, say string, args ...any) { said += path + " " + fmt.Sprintf(say, args...) })
		if (said == "") != (want == "") || !strings.Contains(said, want) || said != "" && !strings.HasPrefix(said, "materials[0].holder") {
			t.Errorf("%s: %q", holder, said)
		}
	}
	e, said := born(Material{ID: "m1", Name: "身份证", Holder: "母亲号码"}), ""
	if holderless(e, func(path, say string, _ ...any) { said = path }); said != "materials[0].holder" {
		t.Error("a holder of no certificate passes")
	}
}
