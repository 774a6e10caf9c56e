package openapi

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
)

// routeFiles names the operations of files that go in and come out.
func (a *API) routeFiles(b *book) {
	upload(b, "POST /files", "putFile", "文件", "上传文件，取得引用。文档、图片；MP4 视频只作证据，不能作申请材料；30 天没有用到的删除", a.putFile)
	download(b, "GET /cases/{case}/papers/{kind}/{seq}/pdf", "getPaperFile", "办件", "文书的 PDF 文件，字体嵌入，可检索和复制", a.paperFile)
	download(b, "GET /cases/{case}/materials/{material}/files/{hash}", "getFile", "文件", "下载办件里的文件", a.caseFile)
}

// sent is a file that comes as the whole body of a request, or as the one file
// of a form.
type sent struct {
	body io.Reader
	Name string `query:"name" maxLength:"200" doc:"文件名；表单上传时以表单里的为准"`
}

// Resolve finds the file in the request.
func (in *sent) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil || strings.HasPrefix(kind, "application/x-www-form") || strings.HasSuffix(kind, "json") && ctx.Operation().OperationID == "putFile":
		return []error{fault.New(fault.Invalid, "api.file.type", "请用 application/octet-stream 直接上传文件，或者用 multipart/form-data 表单上传")}
	case kind != "multipart/form-data":
		in.body = ctx.BodyReader()
		return nil
	}
	if err := in.part(r); err != nil {
		return []error{err}
	}
	return nil
}

// part is the first file of the form, read as it comes.
func (in *sent) part(r *http.Request) error {
	form, err := r.MultipartReader()
	if err != nil {
		return fault.New(fault.Invalid, "api.file.form", "表单内容不完整，请重新上传")
	}
	for {
		part, err := form.NextPart()
		if err != nil {
			return fault.New(fault.Invalid, "api.file.none", "表单里没有文件").At("file", "required", "请选择文件")
		}
		if part.FileName() != "" {
			in.body, in.Name = part, part.FileName()
			return nil
		}
	}
}

// upload is an operation that takes a file and keeps it.
func upload[I, O any](b *book, at, id, tag, summary string, do handler[I, O]) {
	created(b, at, id, tag, summary, do)
	b.takesFile(at)
}

// check is an operation for everybody that looks at a file.
func check[I, O any](b *book, at, id, tag, summary string, do handler[I, O]) {
	public(b, at, id, tag, summary, do)
	b.takesFile(at)
}

// takesFile describes what is sent. The handler reads it as it comes, so huma
// must not know before the operation is registered.
func (b *book) takesFile(at string) {
	binary := &huma.Schema{Type: "string", Format: "binary"}
	b.api.OpenAPI().Paths[strings.TrimPrefix(at, "POST ")].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: binary},
		"multipart/form-data": {Schema: &huma.Schema{Type: "object", Required: []string{"file"},
			Properties: map[string]*huma.Schema{"file": binary}}},
	}}
}

// fileView is what the rest of the interface calls an uploaded file by.
type fileView struct {
	Hash string    `json:"hash" doc:"内容的 SM3 散列，用来引用这个文件"`
	Name string    `json:"name" doc:"文件名"`
	Type blob.Type `json:"type" doc:"按内容判断的类型" example:"pdf"`
	Size int64     `json:"size" doc:"字节数"`
}

func (a *API) putFile(ctx context.Context, _ identity.Actor, in *sent) (fileView, error) {
	name := blob.Clean(in.Name)
	ref, err := a.Files.Put(ctx, in.body, blob.Limit{Name: name, Types: blob.Evidence, Loose: true})
	if err != nil {
		return fileView{}, err
	}
	return fileView{ref.Hash, name, ref.Type, ref.Size}, nil
}

// stream is an answer that is a file.
type stream struct {
	Body func(huma.Context)
}

// download is an operation that gives out a file.
func download[I any](b *book, at, id, tag, summary string, do func(context.Context, identity.Actor, *I) (func(http.ResponseWriter, *http.Request), error)) {
	o := guarded(operation(at, id, tag, summary))
	o.Responses = map[string]*huma.Response{"200": {Description: "文件内容", Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}},
	}}}
	huma.Register(b.api, b.describe(o), func(ctx context.Context, in *I) (*stream, error) {
		send, err := do(ctx, actor(ctx), in)
		if err != nil {
			return nil, err
		}
		return &stream{func(ctx huma.Context) {
			r, w := humago.Unwrap(ctx)
			send(w, r)
		}}, nil
	})
}

type caseFileInput struct {
	Case     string `path:"case" maxLength:"64" doc:"办件的标识或者编号"`
	Material string `path:"material" maxLength:"64" doc:"材料；证据和送达证明写 attached"`
	Hash     string `path:"hash" pattern:"^[0-9a-f]{64}$" doc:"文件"`
}

func (a *API) caseFile(ctx context.Context, by identity.Actor, in *caseFileInput) (func(http.ResponseWriter, *http.Request), error) {
	c, err := a.find(ctx, in.Case, by)
	if err != nil {
		return nil, err
	}
	if f, ok := c.Attached(in.Hash); ok && in.Material == "attached" {
		return a.serve(ctx, f.Hash, f.Name)
	}
	h, ok := c.Has(in.Material)
	if !ok {
		return nil, noFile()
	}
	for _, f := range h.Files {
		if f.Hash == in.Hash {
			return a.serve(ctx, f.Hash, f.Name)
		}
	}
	return nil, noFile()
}

func noFile() error {
	return fault.New(fault.NotFound, "api.file.unknown", "这件办件里没有这份文件")
}

func (a *API) serve(ctx context.Context, hash, name string) (func(http.ResponseWriter, *http.Request), error) {
	content, err := a.Files.Open(ctx, hash)
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, r *http.Request) { content.Serve(w, r, name) }, nil
}

// attachment gives out what was made for the purpose.
func attachment(file []byte, name, kind string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		w.Header().Set("Cache-Control", "private, no-store")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file))
	}
}

// atWindow reports whether the actor stands at a window.
func atWindow(by identity.Actor) bool {
	return slices.ContainsFunc(by.Posts, func(p identity.Post) bool { return p.Role == identity.Window })
}
