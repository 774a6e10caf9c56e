package page_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
)

func posted(t testing.TB, values url.Values) *page.Form {
	t.Helper()
	r := httptest.NewRequest("POST", "/?name=query", strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	f, err := page.ReadForm(httptest.NewRecorder(), r)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFieldsAreReadAsPeopleTypeThem(t *testing.T) {
	f := posted(t, url.Values{
		"name": {"  李\u200b雪梅\r\n "}, "age": {"３５"}, "capital": {"１，２８０．５"}, "whole": {"1,000"},
		"day": {"2026-9-4"}, "birth.year": {"２０２６"}, "birth.month": {"11"}, "birth.day": {"5"}, "kinds": {"a", " ", "b"},
	})
	for _, tt := range []struct {
		name      string
		got, want any
	}{
		{"blanks and unseen characters go", f.Text("name"), "李雪梅"},
		{"full-width digits count", f.Int("age"), 35},
		{"full-width money counts", f.Cents("capital"), int64(128050)},
		{"thousands are parted by commas", f.Cents("whole"), int64(100000)},
		{"a short day is made long", f.Date("day"), "2026-09-04"},
		{"a day in three parts", f.Date("birth"), "2026-11-05"},
		{"nothing is no day", f.Date("none"), ""},
		{"nothing is no number", f.Int("none"), 0},
		{"empty choices go", strings.Join(f.All("kinds"), ","), "a,b"},
		{"of several the first counts", f.Text("kinds"), "a"},
		{"the address is not the form", posted(t, nil).Text("name"), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
		}
	}
	if f.Err() != nil {
		t.Error(f.Err())
	}
}

func TestEveryWrongFieldIsNamedAtOnce(t *testing.T) {
	f := posted(t, url.Values{"age": {"old"}, "capital": {"1.234"}, "debt": {"-5"}, "day": {"2026-02-30"}, "kind": {"z"}})
	f.Int("age")
	f.Cents("capital")
	f.Cents("debt")
	f.Date("day")
	f.OneOf("kind", "a", "b")
	f.Require("name", "姓名")
	var paths []string
	for _, at := range fault.Fields(f.Err()) {
		paths = append(paths, at.Path)
	}
	if got := strings.Join(paths, " "); got != "age capital debt day kind name" || fault.Of(f.Err()) != fault.Invalid {
		t.Errorf("named %s: %v", got, f.Err())
	}
}

func TestAFormThatIsTooLargeIsRefused(t *testing.T) {
	r := httptest.NewRequest("POST", "/", strings.NewReader("a="+strings.Repeat("x", 2<<20)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if _, err := page.ReadForm(httptest.NewRecorder(), r); fault.Of(err) != fault.TooLarge {
		t.Errorf("got %v", err)
	}
}

func TestFilesAreReadAndEmptyChoicesLeftOut(t *testing.T) {
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for name, text := range map[string]string{"户口簿.jpg": "picture", "": "", "空.pdf": ""} {
		part, err := m.CreateFormFile("photo", name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write([]byte(text))
	}
	m.Close()
	r := httptest.NewRequest("POST", "/", &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	f, err := page.ReadUpload(httptest.NewRecorder(), r, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	files := f.Files("photo")
	slices.SortFunc(files, func(a, b page.File) int { return int(b.Size - a.Size) })
	if len(files) != 2 || files[0].Name != "户口簿.jpg" || files[1].Name != "空.pdf" {
		t.Fatalf("a file without content must be told, a chooser without a file not; got %+v", files)
	}
	if content, err := files[0].Read(); err != nil || string(content) != "picture" {
		t.Errorf("read %q, %v", content, err)
	}
}

func TestMoneyIsReadAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(0, 1e13).Draw(t, "cents")
		f := page.Query(httptest.NewRequest("GET", "/?"+url.Values{"m": {yuan(cents)}}.Encode(), nil))
		if got := f.Cents("m"); got != cents || f.Err() != nil {
			t.Fatalf("%s is read as %d: %v", yuan(cents), got, f.Err())
		}
	})
}

func yuan(cents int64) string {
	return fmt.Sprintf("%d.%02d", cents/100, cents%100)
}

func FuzzForm(f *testing.F) {
	f.Add("n=1&d=2026-01-01")
	f.Add("m=92233720368547758.08&n=9223372036854775808") // more than an int64 holds
	f.Add("d.year=%EF%BC%91&m=..&m=1.")
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		form, err := page.ReadForm(httptest.NewRecorder(), r)
		if err != nil {
			return
		}
		form.Int("n")
		if form.Cents("m") < 0 {
			t.Error("money below nought")
		}
		if day := form.Date("d"); day != "" {
			if _, err := time.Parse(time.DateOnly, day); err != nil {
				t.Errorf("%q is no day", day)
			}
		}
		if text := form.Text("t"); strings.ContainsAny(text, "\r\x00\u200b\u202e") {
			t.Errorf("unseen characters stay in %q", text)
		}
	})
}
