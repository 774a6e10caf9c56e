package openapi

import (
	"context"
	"net/http"
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/once"
	"tongban/internal/handling/cases"
)

// prefix is where the operations of this version are.
const prefix = "/api/v1"

// A book is the description and the operations behind it.
type book struct {
	api  huma.API
	once *once.Book
	who  func(ctx context.Context, token string) (identity.Session, error)
	page pageView
}

func newBook(mux *http.ServeMux, a *API) *book {
	speakChinese()
	c := huma.DefaultConfig("通办开放接口", "1.0.0")
	c.Info.Description = about
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "", "", "", nil
	c.Formats = map[string]huma.Format{"application/json": strict, "json": strict}
	c.RejectUnknownQueryParameters = true
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", named)
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "POST /sessions 返回的令牌，放在 Authorization 请求头里"},
	}
	c.Servers = []*huma.Server{{URL: prefix, Description: "本平台"}}
	return &book{api: humago.NewWithPrefix(mux, prefix, c), once: a.Once, who: a.Identity.Session}
}

// named names the schemas: ours by themselves, those of a room after it.
func named(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if room := path.Base(t.PkgPath()); t.Name() != "" && room != "openapi" && room != "." {
		return strings.ToUpper(room[:1]) + room[1:] + name
	}
	return name
}

// answer is an answer with its body.
type answer[T any] struct{ Body T }

// operation describes "POST /cases".
func operation(at, id, tag, summary string) huma.Operation {
	method, route, _ := strings.Cut(at, " ")
	return huma.Operation{Method: method, Path: route, OperationID: id, Tags: []string{tag}, Summary: summary}
}

// public is an operation for everybody.
func public[I, O any](b *book, at, id, tag, summary string, do handler[I, O]) {
	o := operation(at, id, tag, summary)
	o.Errors = []int{404, 413, 422, 429}
	o.Security = []map[string][]string{} // nobody need sign in
	register(b, o, do)
}

// signed is an operation for whoever shows a token; what they may see is judged
// behind it.
func signed[I, O any](b *book, at, id, tag, summary string, do handler[I, O]) {
	register(b, guarded(operation(at, id, tag, summary)), do)
}

// created is signed, and answers 201.
func created[I, O any](b *book, at, id, tag, summary string, do handler[I, O]) {
	o := guarded(operation(at, id, tag, summary))
	o.DefaultStatus = http.StatusCreated
	register(b, o, do)
}

func guarded(o huma.Operation) huma.Operation {
	o.Errors = []int{401, 403, 404, 409, 413, 422, 503}
	o.Security = []map[string][]string{{"token": {}}}
	o.Middlewares = huma.Middlewares{}
	return o
}

// act is a move of Life: who may make it, and when, is read from that table.
func act[I any](b *book, at string, name cases.Act, do handler[I, *cases.Case]) {
	m := cases.MoveOf(name)
	o := guarded(operation(at, camel(string(name)), "办理", m.Name))
	o.Description = describeMove(m)
	register(b, o, func(ctx context.Context, by identity.Actor, in *I) (Brief, error) {
		c, err := do(ctx, by, in)
		if err != nil {
			return Brief{}, err
		}
		return briefly(c), nil
	})
}

func describeMove(m cases.Move) string {
	var from []string
	for _, s := range m.From {
		from = append(from, s.Han())
	}
	basis := m.Basis
	if items.OtherPower.Rests(basis) == "" {
		basis += "（行政许可以外的事项按各自的法律、法规、规章）"
	}
	text := "依据：" + basis + "。办件状态须为：" + strings.Join(from, "、") + "。"
	if m.Paper != "" {
		text += "办理后出具文书（" + string(m.Paper) + "）。"
	}
	return text
}

func camel(kebab string) string {
	parts := strings.Split(kebab, "-")
	for i := 1; i < len(parts); i++ {
		parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
	}
	return strings.Join(parts, "")
}

// register adds the operation and its guard.
func register[I, O any](b *book, o huma.Operation, do handler[I, O]) {
	o.MaxBodyBytes = mostBody
	if _, kept := any(new(I)).(interface{ request() string }); !kept && o.Method != http.MethodGet && len(o.Security) > 0 {
		o, do = onceOnly(b, o, do)
	}
	huma.Register(b.api, b.describe(o), func(ctx context.Context, in *I) (*answer[O], error) {
		by := actor(ctx)
		if named, ok := any(in).(interface{ request() string }); ok {
			by.Request, by.Asked = named.request(), asked(in)
		}
		out, err := do(ctx, by, in)
		if err != nil {
			return nil, err
		}
		return &answer[O]{out}, nil
	})
}

// describe notes the operation for the page and has its door kept.
func (b *book) describe(o huma.Operation) huma.Operation {
	o.Middlewares = append(o.Middlewares, b.admit(len(o.Security) > 0))
	return o
}

// mostBody is how much JSON a request may carry, in bytes.
const mostBody = 1 << 20

type actorKey struct{}

func actor(ctx context.Context) identity.Actor {
	by, _ := ctx.Value(actorKey{}).(identity.Actor) // the zero actor is nobody
	return by
}

// admit finds out who asks. A token that nobody holds is refused even where none
// is needed, so that a mistake shows.
func (b *book) admit(needed bool) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		header := ctx.Header("Authorization")
		if header == "" && !needed {
			next(ctx)
			return
		}
		session, err := b.who(ctx.Context(), identity.Bearer(header))
		switch {
		case err == nil && !session.API:
			err = fault.New(fault.SignIn, "api.token.kind", "接口只认令牌：请用 POST /sessions 登录取得")
		case err == nil && session.MustChange:
			err = fault.New(fault.Forbidden, "api.token.password", "请先在网页上修改初始密码，再使用接口")
		case err == nil && session.MustEnrol:
			err = fault.New(fault.Forbidden, "api.token.factor", "您的岗位要求开启两步验证，请先在网页上开启，再使用接口")
		}
		if err != nil {
			refuse(b.api, ctx, err)
			return
		}
		next(huma.WithValue(ctx, actorKey{}, session.Actor))
	}
}
