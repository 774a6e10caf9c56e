package openapi

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
)

// problem is an error answer, as in RFC 9457, in the shape of page.Problem.
type problem struct {
	Type     string         `json:"type" doc:"urn:tongban:fault: 加上稳定的错误代码"`
	Title    string         `json:"title" doc:"这一类问题的名称"`
	Status   int            `json:"status" doc:"HTTP 状态码"`
	Detail   string         `json:"detail" doc:"给人看的一句话，说清怎么办"`
	Code     string         `json:"code" doc:"稳定的错误代码，供程序判断" example:"cases.accept.state"`
	Instance string         `json:"instance,omitempty" doc:"本次请求的编号，可以报给管理员"`
	Fields   []problemField `json:"fields,omitempty" doc:"请求里需要修改的地方"`
}

type problemField struct {
	Path   string `json:"path" doc:"位置" example:"materials[2].files"`
	Code   string `json:"code" doc:"稳定的代码" example:"required"`
	Detail string `json:"detail" doc:"给人看的一句话"`
}

// Error, GetStatus and ContentType are what huma asks of an error answer.
func (p *problem) Error() string             { return p.Code + ": " + p.Detail }
func (p *problem) GetStatus() int            { return p.Status }
func (p *problem) ContentType(string) string { return "application/problem+json" }

// refuse answers with a fault.
func refuse(api huma.API, ctx huma.Context, err error) {
	if fault.Of(err) == fault.SignIn {
		ctx.SetHeader("WWW-Authenticate", "Bearer")
	}
	huma.WriteErr(api, ctx, http.StatusInternalServerError, "", err)
}

// told makes the error answer of whatever huma found, or a handler returned.
// It never repeats what was sent: a value may be an identity number.
func told(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
	r, _ := humago.Unwrap(ctx)
	ctx.SetHeader("Cache-Control", "no-store")
	for i := range errs {
		errs[i] = sqldb.Away(errs[i])
	}
	if slices.ContainsFunc(errs, func(err error) bool { return fault.Of(err) == fault.Busy }) {
		ctx.SetHeader("Retry-After", page.RetryAfter)
	}
	return problemOf(r, status, foreseen(status, msg, errs))
}

// problemOf is err as an error answer, under the status if that says more than
// "change the request".
func problemOf(r *http.Request, status int, err error) *problem {
	f := page.Told(r, err)
	p := &problem{Type: "urn:tongban:fault:" + f.Code, Title: f.Title, Status: f.Status, Detail: f.Say, Code: f.Code}
	if kept := titles[status]; kept != "" && f.Status == http.StatusUnprocessableEntity && f.Code != "api.fields" {
		p.Status, p.Title = status, kept
	}
	if f.Number != "" {
		p.Instance = "urn:tongban:request:" + f.Number
	}
	for _, field := range f.Fields {
		p.Fields = append(p.Fields, problemField{field.Path, field.Code, field.Say})
	}
	return p
}

// titles are the statuses that say more than "change the request".
var titles = map[int]string{
	http.StatusBadRequest: "内容无法读取", http.StatusMethodNotAllowed: "方法不对", http.StatusUnsupportedMediaType: "内容类型不对", http.StatusRequestTimeout: "发送太慢",
}

// foreseen is the fault behind what huma found.
func foreseen(status int, msg string, errs []error) error {
	var details []*huma.ErrorDetail
	for _, err := range errs {
		detail, ok := errors.AsType[*huma.ErrorDetail](err)
		if !ok && msg != "cannot read request body" {
			return err
		}
		if ok {
			details = append(details, detail)
		}
	}
	switch {
	case status == http.StatusRequestEntityTooLarge:
		return fault.New(fault.TooLarge, "api.body.size", "请求内容超过 %d MB，请减小后再提交", mostBody>>20)
	case status == http.StatusUnsupportedMediaType:
		return fault.New(fault.Invalid, "api.body.type", "请用 Content-Type: application/json 提交")
	case msg == "cannot read request body":
		return fault.New(fault.Invalid, "api.body.broken", "请求内容没有收完整，请重新提交")
	case status == http.StatusRequestTimeout:
		return fault.New(fault.Invalid, "api.body.slow", "请求内容发送太慢，请重新提交")
	case status == http.StatusBadRequest && len(details) == 0:
		return fault.New(fault.Invalid, "api.body.missing", "请求没有内容，请按接口说明提交 JSON")
	case len(details) == 0:
		return errors.New(msg)
	}
	return fields(status, details)
}

// fields turns what huma found into a fault with its places.
func fields(status int, details []*huma.ErrorDetail) error {
	f := fault.New(fault.Invalid, "api.fields", "请求内容不符合接口说明，请按提示修改")
	if status == http.StatusBadRequest && !placed(details[0].Message) {
		f = fault.New(fault.Invalid, "api.body.json", "请求内容不是有效的 JSON 文本")
	}
	for _, d := range details[:min(len(details), mostFields)] {
		code, say, ok := strings.Cut(d.Message, "|")
		if !ok {
			code, say = "value", words(d.Message)
		}
		at := strings.TrimPrefix(strings.TrimPrefix(d.Location, "body"), ".")
		if place, rest, ok := strings.Cut(say, "|"); ok {
			at, say = place, rest
		}
		if name, missing := strings.CutPrefix(say, "@"); missing {
			at, say = strings.TrimPrefix(at+"."+name, "."), "请提供 "+name
		}
		f = f.At(at, code, "%s", say)
	}
	return f
}

// placed reports whether what the reader of JSON said names a field.
func placed(said string) bool {
	return strings.HasPrefix(said, "characters|") || strings.HasPrefix(said, "repeated|")
}

// mostFields is how many places one answer names.
const mostFields = 50

// words are Chinese for what huma says in English only.
func words(said string) string {
	switch {
	case strings.HasPrefix(said, "required"):
		return "请提供这个参数"
	case said == "invalid integer":
		return "应为整数"
	case said == "invalid boolean":
		return "应为 true 或者 false"
	case said == "unknown query parameter":
		return "接口没有这个参数"
	}
	return "内容不符合接口说明"
}
