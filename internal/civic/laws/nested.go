package laws

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/goccy/go-yaml"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// within are the words under which a law holds its articles one by one, and lawNames
// those for its own name.
var (
	within   = []string{"articles", "条文", "法条", "条款", "article_list", "items"}
	lawNames = []string{"law", "法律名称", "法规名称", "title", "name", "名称", "标题"}
	listed   = regexp.MustCompile(`(?:^|[\s,{])"?(?:articles|条文|法条|条款|article_list)"?\s*:\s*(?:\[\s*\{|\r?\n\s*-\s)`)
)

// mostNested is how deep a law may stand in a file.
const mostNested = 3

// nests reports whether a text of JSON or YAML is of laws that hold their articles.
func nests(body []byte) bool {
	at := listed.FindIndex(body)
	if at == nil {
		return false
	}
	keys := map[string]bool{}
	for _, k := range key.FindAllSubmatch(body[at[1]-1:min(len(body), at[1]+4096)], -1) {
		keys[column(numberedKey(string(k[1])))] = true
	}
	return keys["article"] && keys["text"]
}

// numberedKey is the word for the number of an article, which stands alone in a law.
func numberedKey(k string) string {
	if slices.Contains([]string{"no", "number", "num", "序号", "编号"}, k) {
		return "条号"
	}
	return k
}

// nested reads such a text.
func (r *Reading) nested(body []byte) error {
	refused := fault.New(fault.Invalid, "laws.read.format", "文件读不懂，请检查括号、逗号和缩进，或者使用模板填写")
	if len(body) > 64<<20 || alias.Match(body) {
		return refused
	}
	var all any
	if err := yaml.Unmarshal(body, &all); err != nil {
		return legible.Unread(refused, err)
	}
	r.unfold("", all, 0)
	return nil
}

// unfold finds the laws in what was read.
func (r *Reading) unfold(path string, v any, depth int) {
	switch v := v.(type) {
	case []any:
		for i, one := range v {
			r.unfold(fmt.Sprintf("%s[%d]", path, i), one, depth)
		}
	case map[string]any:
		if k, articles := articlesOf(v); articles != nil {
			r.ofLaw(path, k, v, articles)
			return
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if depth < mostNested {
				r.unfold(path+"."+k, v[k], depth+1)
			}
		}
	}
}

// articlesOf is the list of a law's articles and its name; nil if it has none.
func articlesOf(f map[string]any) (string, []any) {
	for _, k := range within {
		if all, ok := f[k].([]any); ok && textOf(f, lawNames) != "" {
			return k, all
		}
	}
	return "", nil
}

// ofLaw reads the articles of one law, each of which says what the law says of all
// where it says nothing itself.
func (r *Reading) ofLaw(path, list string, law map[string]any, articles []any) {
	for i, one := range articles {
		place := fmt.Sprintf("%s.%s[%d]", path, list, i)
		own, ok := one.(map[string]any)
		if !ok {
			r.wrong(place[1:], "这一项不是一条法条")
			continue
		}
		f := map[string]any{"law": textOf(law, lawNames)}
		for k, v := range law {
			if c := column(k); c != "" && c != "law" && c != "text" && k != list {
				f[k] = v
			}
		}
		for k, v := range own {
			f[numberedKey(k)] = v
		}
		r.record(place[1:], f)
	}
}
