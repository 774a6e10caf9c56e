package portal

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tongban/data"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/ink"
	"tongban/internal/ground/pdf"
	"tongban/internal/places/frame"
)

func fonts(t *testing.T) []*pdf.Font {
	song, err := data.Song()
	if err != nil {
		t.Fatal(err)
	}
	f, err := pdf.ReadFont(song)
	if err != nil {
		t.Fatal(err)
	}
	return []*pdf.Font{f}
}

func TestTheFormThatIsWrittenIsAPDF(t *testing.T) {
	d, err := ink.Parse("10,10 200,120 300,60;40,80 60,180 400,150")
	if err != nil {
		t.Fatal(err)
	}
	w := writtenForm{Title: "食品经营许可申请书", To: "徐州市市场监督管理局", Who: "李敏", Word: "以上内容真实、完整。", On: "2026年9月21日",
		Signed: &frame.Signed{Name: "李敏", Way: "手写签名", Drawing: d},
		Lines:  []formLine{{Head: "经营情况"}, {Name: "姓名", Text: "𠮷田 (a\\b)"}}}
	for range 40 {
		w.Lines = append(w.Lines, formLine{Name: "经营场所地址", Text: strings.Repeat("徐州市云龙区示例路18号，", 5)})
	}
	file, err := w.pdf(fonts(t))
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(file, []byte("/Type/Page/")); n < 3 || !bytes.Contains(file, []byte("/FontFile2")) {
		t.Errorf("%d pages, typeface embedded: %v", n, bytes.Contains(file, []byte("/FontFile2")))
	}
	disk, err := blob.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ref, err := disk.Put(t.Context(), bytes.NewReader(file), blob.Limit{Name: "申请书.pdf"})
	if err != nil || ref.Type != blob.PDF {
		t.Fatalf("kept as %q: %v", ref.Type, err)
	}
	at := filepath.Join(t.TempDir(), "form.pdf")
	if show := os.Getenv("SHOW_PDF"); show != "" {
		at = show
	}
	if err := os.WriteFile(at, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if tool, err := exec.LookPath("pdftotext"); err == nil {
		out, err := exec.Command(tool, at, "-").CombinedOutput()
		if err != nil || !strings.Contains(string(out), "食品经营许可申请书") || !strings.Contains(string(out), "𠮷田") {
			t.Errorf("%v: %.300s", err, out)
		}
	}
}
