package openapi

import (
	"context"
	"encoding/json"
	"reflect"
	"regexp"

	"github.com/danielgtaylor/huma/v2"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/once"
)

// keyHeader is how a request is named.
const keyHeader = "Idempotency-Key"

// keyTag is how Keyed describes the name, for those that do not have it.
var keyTag = func() reflect.StructTag { f, _ := reflect.TypeFor[Keyed]().FieldByName("Key"); return f.Tag }()

var keyPattern = regexp.MustCompile(keyTag.Get("pattern"))

const longestKey = 100

type requestKey struct{}

// onceOnly has an operation that changes something heed the name of the request,
// where no room does so itself, as cases do for their acts.
func onceOnly[I, O any](b *book, o huma.Operation, do handler[I, O]) (huma.Operation, handler[I, O]) {
	longest := longestKey
	o.Parameters = append(o.Parameters, &huma.Param{Name: keyHeader, In: "header", Description: keyTag.Get("doc"),
		Schema: &huma.Schema{Type: huma.TypeString, MaxLength: &longest, Pattern: keyPattern.String()}})
	o.Middlewares = append(o.Middlewares, noteRequest)
	return o, func(ctx context.Context, by identity.Actor, in *I) (out O, err error) {
		r, _ := ctx.Value(requestKey{}).(once.Request) // always there: see noteRequest
		if len(r.Key) > longestKey || !keyPattern.MatchString(r.Key) {
			return out, fault.New(fault.Invalid, "api.fields", "请求内容不符合接口说明，请按提示修改").
				At(keyHeader, "pattern", "请求编号最多%d个字母、数字和符号，不含空格", longestKey)
		}
		r.Account = by.Account
		if r.Key != "" {
			r.What += asked(in)
		}
		fresh := false
		answer, err := b.once.Do(ctx, r, func(ctx context.Context) (answer []byte, err error) {
			if out, err = do(ctx, by, in); err != nil {
				return nil, err
			}
			fresh = true
			return json.Marshal(out)
		})
		if err == nil && !fresh {
			err = json.Unmarshal(answer, &out)
		}
		return out, err
	}
}

// asked stands for what a request says beside its address: another one under the
// same name is a caller's mistake, and to answer it as the first would lose it
// without a word.
func asked(in any) string {
	body := reflect.ValueOf(in).Elem().FieldByName("Body")
	if !body.IsValid() {
		return ""
	}
	text, err := json.Marshal(body.Interface())
	if err != nil { // a file on its way in: its operation and address tell
		return ""
	}
	return " " + once.About(string(text))
}

// noteRequest notes what is asked for, and by what name.
func noteRequest(ctx huma.Context, next func(huma.Context)) {
	u := ctx.URL()
	next(huma.WithValue(ctx, requestKey{}, once.Request{Key: ctx.Header(keyHeader), What: "api " + ctx.Method() + " " + u.Path}))
}
