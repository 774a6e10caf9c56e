package blob

import (
	"bytes"
	"strings"
	"testing"

	"tongban/internal/ground/fault"
)

func TestTypeIsToldFromTheContent(t *testing.T) {
	for _, tt := range samples {
		t.Run(tt.name, func(t *testing.T) {
			is, err := typeOf(bytes.NewReader(tt.body), int64(len(tt.body)))
			if err != nil || is != tt.is {
				t.Fatalf("told %q, %v; want %q", is, err, tt.is)
			}
			if err := CheckName(tt.name, is); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWhatIsNotKnownIsUnknown(t *testing.T) {
	for _, head := range []string{"", "\x00\x01\x02", "RIFF____AVI ", "____ftyp", "____ftypavif", "BM", "\xff\xff\xff\xff", "\x80"} {
		if is := Sniff([]byte(head)); is != Unknown && !(head == "BM" && is == Text) {
			t.Errorf("%q is told to be %q", head, is)
		}
	}
}

func TestEveryTypeHasItsWords(t *testing.T) {
	seen := map[Type]bool{}
	for _, s := range samples {
		seen[s.is] = true
	}
	for _, is := range Types() {
		if is.Say() == "" || !strings.Contains(is.Media(), "/") || !seen[is] {
			t.Errorf("%q has no words or no sample", is)
		}
	}
}

func TestNameMayNotClaimAnotherType(t *testing.T) {
	for _, tt := range []struct {
		name string
		is   Type
		says []string // nothing: fine
	}{
		{"营业执照.PDF", PDF, nil},
		{"无扩展名", JPEG, nil},
		{"照片.jpeg", JPEG, nil},
		{"执照.pdf", Program, []string{"执照.pdf", "PDF 文档", "可执行程序"}},
		{"合同.doc", HTML, []string{"Word 97 文档", "网页"}},
		{"图.png", JPEG, []string{"PNG 图片", "JPEG 图片"}},
		{"表.abc", PDF, []string{"abc 文件", "PDF 文档"}},
	} {
		err := CheckName(tt.name, tt.is)
		if (err == nil) != (tt.says == nil) {
			t.Errorf("%s with %s: %v", tt.name, tt.is, err)
		}
		for _, word := range tt.says {
			if !strings.Contains(fault.Say(err), word) {
				t.Errorf("%s: %q does not say %s", tt.name, fault.Say(err), word)
			}
		}
	}
}

func TestGivenOutSoThatNothingRuns(t *testing.T) {
	for _, tt := range []struct {
		is    Type
		name  string
		how   string
		media string
	}{
		{PDF, "营业执照.pdf", "inline; filename=\"file.pdf\"; filename*=UTF-8''%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7.pdf", "application/pdf"},
		{JPEG, "a b", "inline; filename=\"file.jpg\"; filename*=UTF-8''a%20b.jpg", "image/jpeg"},
		{HTML, "x.html", "attachment; filename=\"file.html\"; filename*=UTF-8''x.html", "text/plain; charset=utf-8"},
		{DOCX, "../../a\"\r\nX: y.docx", "attachment; filename=\"file.docx\"; filename*=UTF-8''a%22X%3A%20y.docx", ""},
		{Unknown, "", "attachment; filename=\"file\"; filename*=UTF-8''file", "application/octet-stream"},
	} {
		h := Ref{Type: tt.is}.Headers(tt.name)
		if h["Content-Disposition"] != tt.how || tt.media != "" && h["Content-Type"] != tt.media || h["X-Content-Type-Options"] != "nosniff" {
			t.Errorf("%s: %v", tt.name, h)
		}
		if strings.HasPrefix(tt.how, "attachment") && !strings.Contains(h["Content-Security-Policy"], "sandbox") {
			t.Errorf("%s is not in a sandbox", tt.name)
		}
	}
	if long := Clean(strings.Repeat("长", 300) + ".pdf"); len([]rune(long)) != 120 || !strings.HasSuffix(long, ".pdf") {
		t.Errorf("long name cut to %q", long)
	}
	if got := Clean("a\u202efdp.exe"); got != "afdp.exe" {
		t.Errorf("direction marks stay: %q", got)
	}
}

func FuzzSniff(f *testing.F) {
	for _, s := range samples {
		f.Add(s.body[:min(len(s.body), 4096)])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		head := Sniff(body)
		is, err := typeOf(bytes.NewReader(body), int64(len(body)))
		if err != nil {
			t.Fatal(err)
		}
		if _, known := kinds[is]; !known {
			t.Fatalf("no such type: %q", is)
		}
		container := map[Type]bool{Zip: true, OFD: true, DOCX: true, XLSX: true, PPTX: true, CFB: true, DOC: true, XLS: true, PPT: true}
		if head != is && !(container[head] && container[is]) {
			t.Fatalf("%q at the first look, %q at the second", head, is)
		}
		for _, picture := range []Type{JPEG, PNG, WebP, HEIC, GIF, TIFF, BMP} {
			dimensions(bytes.NewReader(body), Ref{Type: picture, Size: int64(len(body))})
		}
	})
}
