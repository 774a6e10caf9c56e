package page

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tongban/internal/ground/fault"
)

// maxForm is how much a form without files may carry, in bytes.
const maxForm = 1 << 20

// A Form reads what was sent, field by field, and collects what must change;
// ask Err once at the end.
type Form struct {
	values url.Values
	files  map[string][]*multipart.FileHeader
	err    *fault.Error
}

// Query reads the address: filters, pages, searches.
func Query(r *http.Request) *Form { return &Form{values: r.URL.Query()} }

// ReadForm reads a posted form of at most 1 MiB without files. Where a field
// carries what is not text, the form comes with the fault that names the field,
// which is empty then: show it at its place, or refuse the whole.
func ReadForm(w http.ResponseWriter, r *http.Request) (*Form, error) { return read(w, r, maxForm) }

// ReadUpload reads a posted form whose files and fields are at most max bytes,
// and is otherwise like ReadForm.
func ReadUpload(w http.ResponseWriter, r *http.Request, max int64) (*Form, error) {
	return read(w, r, max)
}

func read(w http.ResponseWriter, r *http.Request, max int64) (*Form, error) {
	r.Body = http.MaxBytesReader(w, r.Body, max)
	err := r.ParseForm()
	if err == nil {
		if err = r.ParseMultipartForm(1 << 20); errors.Is(err, http.ErrNotMultipart) {
			err = nil
		}
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, fault.New(fault.TooLarge, "page.form.size", "内容超过 %d MB，请减小后再提交", max>>20)
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "page.form.broken", "提交的内容不完整，请重新提交")
	}
	f := &Form{values: r.PostForm}
	if r.MultipartForm != nil {
		f.files = r.MultipartForm.File
	}
	return f, f.refuseUnsound()
}

// Text is the field without blanks at its ends, and without characters that
// cannot be seen.
func (f *Form) Text(name string) string { return clean(f.values.Get(name)) }

// All is every value of a field that can be chosen several times.
func (f *Form) All(name string) []string {
	var all []string
	for _, v := range f.values[name] {
		if v = clean(v); v != "" {
			all = append(all, v)
		}
	}
	return all
}

// Has reports whether the field was sent with a value: a ticked box, a pressed button.
func (f *Form) Has(name string) bool { return f.Text(name) != "" }

// Values is everything that was sent, to show the form again.
func (f *Form) Values() url.Values { return f.values }

// Under is the part of the form whose fields' names begin with prefix, without it:
// several parts of one page are read alike. What it refuses is not the form's own.
func (f *Form) Under(prefix string) *Form {
	part := &Form{url.Values{}, map[string][]*multipart.FileHeader{}, nil}
	for name, all := range f.values {
		if own, is := strings.CutPrefix(name, prefix); is {
			part.values[own] = all
		}
	}
	for name, all := range f.files {
		if own, is := strings.CutPrefix(name, prefix); is {
			part.files[own] = all
		}
	}
	return part
}

// Int is a whole number; 0 if nothing was sent.
func (f *Form) Int(name string) int {
	text := f.Text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(narrow(text))
	if err != nil {
		f.Refuse(name, "number", "请填写整数")
	}
	return n
}

// Cents is an amount of money, "1,280.50" yuan being 128050; 0 if nothing was sent.
func (f *Form) Cents(name string) int64 {
	text := strings.ReplaceAll(narrow(f.Text(name)), ",", "")
	if text == "" {
		return 0
	}
	yuan, rest, _ := strings.Cut(text, ".")
	cents, err := strconv.ParseInt(yuan+(rest + "00")[:2], 10, 64)
	if err != nil || len(rest) > 2 || yuan == "" || yuan[0] == '-' || yuan[0] == '+' || len(yuan) > 13 {
		f.Refuse(name, "money", "请填写金额，最多两位小数，例如 1280.50")
		return 0
	}
	return cents
}

// Date is a day "2026-09-24", sent whole or as name.year, name.month and
// name.day; "" if nothing was sent.
func (f *Form) Date(name string) string {
	text := narrow(f.Text(name))
	if text == "" {
		parts := []string{f.Text(name + ".year"), f.Text(name + ".month"), f.Text(name + ".day")}
		if strings.Join(parts, "") == "" {
			return ""
		}
		text = narrow(strings.Join(parts, "-"))
	}
	day, err := time.Parse("2006-1-2", text)
	if err != nil || day.Year() < 1800 {
		f.Refuse(name, "date", "请填写真实的日期，例如 2026 年 9 月 24 日")
		return ""
	}
	return day.Format(time.DateOnly)
}

// OneOf is a choice among values; "" if nothing was sent.
func (f *Form) OneOf(name string, values ...string) string {
	text := f.Text(name)
	if text != "" && !slices.Contains(values, text) {
		f.Refuse(name, "choice", "请从列出的选项里选择")
		return ""
	}
	return text
}

// YesOrNo is a choice of yes or no that has to be made: none is no "no".
func (f *Form) YesOrNo(name string) bool {
	said := f.OneOf(name, "yes", "no")
	if said == "" {
		f.Refuse(name, "required", "请选择其中一项")
	}
	return said == "yes"
}

// A File is something that was uploaded. Its name and content are the sender's
// word only: judge the content.
type File struct {
	Name string
	Size int64
	open func() (multipart.File, error)
}

// Read returns the content, which ReadUpload has already limited.
func (u File) Read() ([]byte, error) {
	in, err := u.open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}

// Open returns the content as a stream; close it.
func (u File) Open() (multipart.File, error) { return u.open() }

// Files are the files sent under name. A chooser that nothing was chosen in is
// left out; a file without content is not, so that whoever keeps it can say so.
func (f *Form) Files(name string) []File {
	var all []File
	for _, h := range f.files[name] {
		if h.Filename != "" || h.Size > 0 {
			all = append(all, File{clean(h.Filename), h.Size, h.Open})
		}
	}
	return all
}

// Require refuses each named field that is empty, with "请填写" and its label.
func (f *Form) Require(name, label string) string {
	text := f.Text(name)
	if text == "" {
		f.Refuse(name, "required", "请填写%s", label)
	}
	return text
}

// Refuse says that a field must change.
func (f *Form) Refuse(name, code, say string, args ...any) {
	if f.err == nil {
		f.err = fault.New(fault.Invalid, "page.form.fields", "有内容需要修改")
	}
	f.err = f.err.At(name, code, say, args...)
}

// Err is a fault.Invalid with every field that must change, or nil.
func (f *Form) Err() error {
	if f.err == nil {
		return nil
	}
	return f.err
}

// clean drops blanks at the ends and characters that cannot be seen; lines stay.
func clean(text string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\r', c < ' ' && c != '\n' && c != '\t', c == 0x7f, c == 0xFEFF, c == 0xFFFD,
			c >= 0x200B && c <= 0x200F, c >= 0x202A && c <= 0x202E, c >= 0x2066 && c <= 0x2069:
			return -1
		}
		return c
	}, text))
}

// narrow turns full-width digits and signs, as Chinese keyboards type them,
// into plain ones.
func narrow(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= 0xFF01 && c <= 0xFF5E {
			return c - 0xFEE0
		}
		return c
	}, text)
}
