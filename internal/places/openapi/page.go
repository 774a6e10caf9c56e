package openapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// pageView is the description for people to read.
type pageView struct {
	View   frame.View
	About  []string
	Groups []groupView
}

type groupView struct {
	Name, Say  string
	Operations []operationView
}

type operationView struct {
	ID, Method, Path, Summary, Say string
	Open                           bool // nobody need sign in
	Given, Sent, Answered          []fieldView
	Curl                           string
}

// fieldView is a parameter, or a field of what is sent or answered.
type fieldView struct {
	Name, In, Type, Say string
	Required            bool
}

// read makes the page out of the description.
func (b *book) read(o *huma.OpenAPI) pageView {
	v := pageView{About: strings.Split(strings.NewReplacer("**", "", "`", "").Replace(about), "\n\n")}
	groups := map[string][]operationView{}
	for path, item := range o.Paths {
		for _, op := range operations(item) {
			groups[op.Tags[0]] = append(groups[op.Tags[0]], operationOf(o, path, op))
		}
	}
	for _, t := range o.Tags {
		all := groups[t.Name]
		slices.SortFunc(all, func(a, b operationView) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
		v.Groups = append(v.Groups, groupView{t.Name, t.Description, all})
	}
	return v
}

func operationOf(o *huma.OpenAPI, path string, op *huma.Operation) operationView {
	v := operationView{ID: op.OperationID, Method: op.Method, Path: prefix + path, Summary: op.Summary, Say: op.Description, Open: len(op.Security) == 0}
	for _, p := range op.Parameters {
		v.Given = append(v.Given, fieldView{p.Name, places[p.In], typeOf(p.Schema), p.Description, p.Required})
	}
	curl := []string{"curl -X " + op.Method + " " + o.Servers[0].URL + path}
	if !v.Open {
		curl = append(curl, `-H "Authorization: Bearer $TOKEN"`)
	}
	if r := op.RequestBody; r != nil {
		v.Sent = fieldsOf(o, body(r.Content), "", 0)
		curl = append(curl, example(o, r)...)
	}
	if r := op.Responses["200"]; r != nil {
		v.Answered = fieldsOf(o, body(r.Content), "", 0)
	} else if r := op.Responses["201"]; r != nil {
		v.Answered = fieldsOf(o, body(r.Content), "", 0)
	}
	v.Curl = strings.Join(curl, " \\\n  ")
	return v
}

var places = map[string]string{"path": "地址", "query": "参数", "header": "请求头"}

func body(content map[string]*huma.MediaType) *huma.Schema {
	if m := content["application/json"]; m != nil {
		return m.Schema
	}
	return nil
}

// deepest is how many levels of a body the page shows.
const deepest = 2

// fieldsOf lists the fields of a body, those within after those around them.
func fieldsOf(o *huma.OpenAPI, s *huma.Schema, at string, depth int) (all []fieldView) {
	s = resolved(o, s)
	if s == nil || depth >= deepest {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		one := s.Properties[name]
		all = append(all, fieldView{at + name, "", typeOf(one), one.Description, slices.Contains(s.Required, name)})
		within, mark := one, "."
		if one.Items != nil {
			within, mark = one.Items, "[]."
		}
		all = append(all, fieldsOf(o, within, at+name+mark, depth+1)...)
	}
	return all
}

func resolved(o *huma.OpenAPI, s *huma.Schema) *huma.Schema {
	if s != nil && s.Ref != "" {
		return o.Components.Schemas.SchemaFromRef(s.Ref)
	}
	return s
}

func typeOf(s *huma.Schema) string {
	switch {
	case s == nil:
		return ""
	case len(s.Enum) > 0:
		var all []string
		for _, v := range s.Enum {
			all = append(all, fmt.Sprint(v))
		}
		return strings.Join(all, " | ")
	case s.Items != nil:
		return typeOf(s.Items) + "[]"
	case s.Ref != "":
		return s.Ref[strings.LastIndex(s.Ref, "/")+1:]
	case s.Format != "":
		return s.Type + "（" + s.Format + "）"
	}
	return s.Type
}

// example is what curl sends.
func example(o *huma.OpenAPI, r *huma.RequestBody) []string {
	s := body(r.Content)
	if s == nil {
		return []string{"-F file=@文件"}
	}
	text, err := json.Marshal(sample(o, s, 0))
	if err != nil {
		return nil // samples are made of texts and numbers and always marshal
	}
	return []string{"-H 'Content-Type: application/json'", "-d '" + string(text) + "'"}
}

// sample is a value that fits the schema: what must be given.
func sample(o *huma.OpenAPI, s *huma.Schema, depth int) any {
	s = resolved(o, s)
	switch {
	case s == nil || depth > 4:
		return nil
	case len(s.Examples) > 0:
		return s.Examples[0]
	case len(s.Enum) > 0:
		return s.Enum[0]
	}
	switch s.Type {
	case "object":
		v := map[string]any{}
		for _, name := range s.Required {
			v[name] = sample(o, s.Properties[name], depth+1)
		}
		return v
	case "array":
		return []any{sample(o, s.Items, depth+1)}
	case "boolean":
		return true
	case "integer", "number":
		return 1
	}
	return "…"
}

// show is the page.
func (b *book) show(w http.ResponseWriter, r *http.Request) {
	v := b.page
	v.View = frame.Of(r).Named("开放接口").Under(frame.Link{Text: "首页", Href: "/"})
	page.Show(w, r, readPage(v))
}
