package portal

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"tongban/internal/ground/blob"
)

func TestTheFormThatIsWrittenIsAPDF(t *testing.T) {
	var lines []formLine
	for range 60 {
		lines = append(lines, formLine{Name: "经营场所地址", Text: strings.Repeat("徐州市云龙区示例路18号，", 5)})
	}
	file := formPDF("食品经营许可申请书", append([]formLine{{Head: "经营情况"}, {Name: "姓名", Text: "𠮷田 (a\\b)"}}, lines...))
	if n := bytes.Count(file, []byte("/Type/Page/")); n < 3 {
		t.Errorf("%d pages", n)
	}
	disk, err := blob.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ref, err := disk.Put(t.Context(), bytes.NewReader(file), blob.Limit{Name: "申请书.pdf"})
	if err != nil || ref.Type != blob.PDF {
		t.Fatalf("kept as %q: %v", ref.Type, err)
	}
	if at := os.Getenv("SHOW_PDF"); at != "" {
		os.WriteFile(at, file, 0o600)
	}
}

func TestLinesAreFoldedWithinTheirWidth(t *testing.T) {
	for _, line := range folded(strings.Repeat("一二三abc", 40)+"\n尾", 38) {
		if squares(line) > 38 {
			t.Errorf("%q is %v wide", line, squares(line))
		}
	}
}
