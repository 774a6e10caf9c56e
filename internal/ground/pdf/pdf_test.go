package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/data"
)

var song = sync.OnceValues(func() (*Font, error) {
	file, err := data.Song()
	if err != nil {
		return nil, err
	}
	return ReadFont(file)
})

func font(t interface{ Fatal(...any) }) *Font {
	f, err := song()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var about = About{Title: "受理通知书", Author: "徐州市公安局", Made: time.Date(2026, 9, 21, 2, 0, 0, 0, time.UTC)}

// sample is a paper with everything that can be set.
func sample(t *testing.T, text string) []byte {
	f := New(about, font(t)).Flow(Official)
	f.Paragraph("受理通知书", Style{Type: Type{Size: 7.4, Bold: true}, Align: Centre, After: 4})
	for range 12 {
		f.Paragraph(text, Style{Type: Type{Size: 5.2}, Indent: 2})
	}
	f.Table(Table{Widths: []float64{1, 4, 5}, Head: []string{"序号", "名称", "情况"}, Size: 4.2,
		Rows: slices.Repeat([][]string{{"1", "营业执照 91320300MA1ABCDE0X", text}}, 12)})
	p := f.Page()
	p.Circle(150, 200, 20, 1.2, Red)
	for i, r := range "徐州市公安局" {
		p.Drawn(r, 150, 185, 5, float64(i/3-2)*0.5, 150, 200, Red)
	}
	p.Stroke(Black, 0.6, Spot{30, 250}, Spot{40, 240}, Spot{60, 255})
	f.Finish()
	file, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if at := os.Getenv("SHOW_PDF"); at != "" {
		if err := os.WriteFile(at, file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

const sentence = "您申请的“食品经营许可（新办）”，材料齐全、符合法定形式，根据《中华人民共和国行政许可法》第三十二条第一款第五项的规定，现予受理。受理编号 11320300MB1234567X2026。"

func TestWhatIsSetCanBeSearchedAndCopied(t *testing.T) {
	got := squeezed(Text(t, sample(t, sentence)))
	for _, want := range []string{"受理通知书", squeezed(sentence), "91320300MA1ABCDE0X", "第2页共"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in the text", want)
		}
	}
}

func TestTheSameCallsMakeTheSameBytes(t *testing.T) {
	if !bytes.Equal(sample(t, sentence), sample(t, sentence)) {
		t.Error("two files differ")
	}
}

func TestALetterNobodyHasIsShownAndNamed(t *testing.T) {
	file := sample(t, "张\U0002A6D6，住北京")
	d := New(about, font(t))
	d.Width("张\U0002A6D6\U0002A6D6", 5)
	if missing := d.Missing(); string(missing) != "\U0002A6D6" {
		t.Errorf("missing %q", string(missing))
	}
	text := Text(t, file)
	if !strings.Contains(text, "U+2A6D6") || !strings.Contains(squeezed(text), "张\U0002A6D6，住北京") {
		t.Errorf("neither named nor copied: %q", text[:200])
	}
}

func TestCommonAndRareNamesAreInTheTypeface(t *testing.T) {
	for _, r := range "徐州〔2026〕①—…“”℃㎡〇囍堃喆淼昇頔翀旻彧赟璟韡𫖮𬱖𬀩䶮㛃龘镕" {
		if !font(t).Has(r) {
			t.Errorf("no %c (U+%04X)", r, r)
		}
	}
}

func TestNoLineBeginsOrEndsWithTheWrongMark(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("办理事项，。（）《》“”、abc 123；")), 1, 200, -1).Draw(t, "text")
		d := New(about, font(t))
		var all strings.Builder
		for _, line := range d.Lines(text, 5, 60, 10) {
			all.WriteString(line.Text)
			if w := d.Width(line.Text, 5); w > 60.01 {
				t.Errorf("%q is %.1f mm wide", line.Text, w)
			}
		}
		if squeezed(all.String()) != squeezed(text) {
			t.Errorf("%q became %q", text, all.String())
		}
	})
	for _, line := range New(about, font(t)).Lines(strings.Repeat(sentence, 8), 5, 100, 10)[1:] {
		first, last := []rune(line.Text)[0], []rune(line.Text)[len([]rune(line.Text))-1]
		if strings.ContainsRune(notFirst, first) || strings.ContainsRune(notLast, last) {
			t.Errorf("line %q", line.Text)
		}
	}
}

func TestOtherToolsReadIt(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("pdftotext is not on this machine; our own reading stands")
		return
	}
	at := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(at, sample(t, sentence), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, at, "-").CombinedOutput()
	if err != nil || !strings.Contains(squeezed(string(out)), squeezed(sentence)) || strings.Contains(string(out), "Error") {
		t.Errorf("%v: %.500s", err, out)
	}
}

func FuzzReadFont(f *testing.F) {
	file, err := data.Song()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file[:400])
	f.Add([]byte{0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		if font, err := ReadFont(data); err == nil {
			font.Has('一')
		}
	})
}

func BenchmarkPaper(b *testing.B) {
	f := font(b)
	for b.Loop() {
		flow := New(about, f).Flow(Official)
		for range 8 {
			flow.Paragraph(sentence, Style{Type: Type{Size: 5.2}, Indent: 2})
		}
		flow.Finish()
		file, err := flow.Bytes()
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(file)))
	}
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

var (
	meant  = regexp.MustCompile(`<([0-9A-F]{4})><([0-9A-F]+)>`)
	shown  = regexp.MustCompile(`<([0-9A-F]+)> Tj`)
	stream = regexp.MustCompile(`(?s)/Length \d+>>stream\n(.*?)\nendstream`)
)

// Text reads a file of one typeface as a reader that knows nothing of us would:
// from what it shows and from its table of meanings.
func Text(t *testing.T, file []byte) string {
	t.Helper()
	means := map[string]string{}
	var all []string
	for _, m := range stream.FindAllSubmatch(file, -1) {
		r, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, pair := range meant.FindAllStringSubmatch(string(content), -1) {
			means[pair[1]] = pair[2]
		}
		for _, line := range shown.FindAllStringSubmatch(string(content), -1) {
			all = append(all, line[1])
		}
	}
	var b strings.Builder
	for _, line := range all {
		for i := 0; i+4 <= len(line); i += 4 {
			b.WriteString(unhex(t, means[line[i:i+4]]))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func unhex(t *testing.T, s string) string {
	var units []rune
	for i := 0; i+4 <= len(s); i += 4 {
		n, err := strconv.ParseUint(s[i:i+4], 16, 16)
		if err != nil {
			t.Fatal(err)
		}
		units = append(units, rune(n))
	}
	if len(units) == 2 {
		return string((units[0]-0xD800)<<10 + units[1] - 0xDC00 + 0x10000)
	}
	return string(units)
}
