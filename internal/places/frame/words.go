package frame

import (
	"net/http"
	"strconv"

	"tongban/internal/ground/page"
)

// htmxConfig keeps htmx within the content policy (no eval, no style of its
// own) and lets a refused form (422) be swapped in like any other answer.
const htmxConfig = `{"allowEval":false,"includeIndicatorStyles":false,"historyCacheSize":0,"refreshOnHistoryMiss":true,` +
	`"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"422","swap":true},{"code":"[45]..","swap":true,"error":true}]}`

// ErrorPage shows a fault in the frame; give it to page.Gate.Errors.
func ErrorPage(r *http.Request, f page.Failure) page.Component {
	var fields []string
	for _, field := range f.Fields {
		fields = append(fields, field.Say)
	}
	return errorPage(Of(r).Named(f.Title), f.Status, f.Title, f.Say, f.Code, f.Number, fields)
}

// homeWord is what the way to one's own things is called.
func homeWord(p *Person) string {
	if p.AtWork() {
		return "回到我的岗位"
	}
	return "回到我的办件"
}

// codeLine is for who mends things; others have the number to quote.
func codeLine(status int, code string) string {
	return "代码 " + strconv.Itoa(status) + " · " + code
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
