package openapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
)

const about = `通办开放接口：网页上能办的事，都可以用 JSON 办；规则、权限、留痕与网页完全相同。

**登录**：POST /sessions 取得令牌，以后每次请求带上请求头 ` + "`Authorization: Bearer 令牌`" + `。令牌七天有效，可随时结束。

**重发**：凡是要登录的、会改变什么的操作（GET 以外）都可以带 ` + "`Idempotency-Key`" + ` 请求头。网络中断后用同一个值重发，不会办两次；被拒绝的没有办，改好以后可以用同一个值再发；同一个值用于另一项操作，或者内容不一样，会被拒绝（cases.request.reused、once.reused）。平台记住每个值30天，此后同一个值视为新的请求。

**出错**：一律返回 RFC 9457 的 application/problem+json，其中 code 是稳定的代码，fields 指出要改的地方。别人的办件和不存在的办件回答相同（404）。

**翻页**：清单返回 next 时，把它放进 after 参数取下一页。

**日期**：YYYY-MM-DD，按北京时间；时间为 RFC 3339。请求里写了接口没有的字段会被拒绝。`

// statusWords are the answers in Chinese.
var statusWords = map[string]string{
	"200": "办好了", "201": "已创建", "401": "没有登录，或者令牌已失效", "403": "没有这项权限", "404": "没有找到，或者无权查看",
	"409": "办件已有变化，或者当前状态不能这样办", "413": "内容太大", "422": "内容需要修改，见 fields", "429": "操作太频繁，请稍后再试",
	"500": "系统出了问题", "503": "暂时繁忙，请稍后再试",
}

// finish completes the description and opens the ways to read it.
func (b *book) finish(mux *http.ServeMux, address string) {
	o := b.api.OpenAPI()
	o.Tags = tags
	if address != "" {
		o.Servers = []*huma.Server{{URL: address + prefix, Description: "本平台"}}
	}
	for _, p := range o.Paths {
		for _, op := range operations(p) {
			for code, r := range op.Responses {
				r.Description = statusWords[code]
			}
		}
	}
	asJSON := func() ([]byte, error) { return json.MarshalIndent(o, "", " ") }
	mux.HandleFunc("GET "+prefix+"/openapi.json", written(asJSON, "application/vnd.oai.openapi+json;version=3.1"))
	mux.HandleFunc("GET "+prefix+"/openapi.yaml", written(o.YAML, "application/vnd.oai.openapi;version=3.1"))
	b.page = b.read(o)
	mux.HandleFunc("GET /api", b.show)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) { nowhere(mux, w, r) })
}

var tags = []*huma.Tag{
	{Name: "会话", Description: "登录、令牌"}, {Name: "事项", Description: "实施清单和办事指南，不需要登录"}, {Name: "文件", Description: "上传和下载"},
	{Name: "办件", Description: "提交、查询、待办"}, {Name: "办理", Description: "对办件的每一个动作，依据和状态见各项说明"}, {Name: "信用", Description: "承诺的履行、信用记录、异议和修复"}, {Name: "好差评", Description: "评价和整改"},
	{Name: "证照", Description: "电子证照和核验"}, {Name: "大厅", Description: "取号、叫号、预约；预约不是必须的"}, {Name: "帮办和反映", Description: "办不成事、帮办、代办"}, {Name: "AB岗", Description: "人不在岗的日子由谁代岗"}, {Name: "机构与日历", Description: "部门、区划、工作日，不需要登录"},
}

func operations(p *huma.PathItem) []*huma.Operation {
	var all []*huma.Operation
	for _, op := range []*huma.Operation{p.Get, p.Post, p.Put, p.Patch, p.Delete} {
		if op != nil {
			all = append(all, op)
		}
	}
	return all
}

// written gives out what is written once, when somebody first asks for it.
func written(write func() ([]byte, error), kind string) http.HandlerFunc {
	once := sync.OnceValues(write)
	return func(w http.ResponseWriter, r *http.Request) {
		text, err := once()
		if err != nil {
			page.Problem(w, r, fmt.Errorf("write the description: %w", err))
			return
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Length", strconv.Itoa(len(text)))
		w.Header().Set("Cache-Control", "no-cache")
		w.Write(text) // a reader who went away is not our fault
	}
}

// nowhere says that there is nothing here, or not by this method.
func nowhere(mux *http.ServeMux, w http.ResponseWriter, r *http.Request) {
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		as := r.Clone(r.Context())
		as.Method = method
		if _, pattern := mux.Handler(as); pattern != "/api/" {
			w.Header().Add("Allow", method)
		}
	}
	p := problemOf(r, http.StatusNotFound, fault.New(fault.NotFound, "api.none", "接口没有这个地址，请看 /api 的说明"))
	if w.Header().Get("Allow") != "" {
		p = problemOf(r, http.StatusMethodNotAllowed, fault.New(fault.Invalid, "api.method", "这个地址不支持%s，请看接口说明", method(r)))
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p) // texts only; a reader who went away is not our fault
}

// method is the method asked for, if it is one of those we may repeat.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
		return " " + r.Method
	}
	return "这种请求方法"
}
