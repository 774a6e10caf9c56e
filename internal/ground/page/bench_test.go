package page_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"tongban/internal/ground/page"
)

// rows is a page of a list, 50 lines that differ.
type rows struct{}

func (rows) Render(_ context.Context, w io.Writer) error {
	for i := range 50 {
		if _, err := io.WriteString(w, `<tr data-row="`+strconv.Itoa(i*7919)+`"><td><div class="n"><a class="q" href="/bureau/cases/3203002026112`+strconv.Itoa(i*104729)+
			`" data-rowopen>食品经营许可（新办）</a></div><div class="sub">示范市云帆餐饮管理有限公司</div></td><td>市市场监管局</td><td class="r">剩 `+strconv.Itoa(i)+` 小时</td></tr>`); err != nil {
			return err
		}
	}
	return nil
}

// void takes an answer and keeps nothing.
type void struct{ h http.Header }

func (v void) Header() http.Header         { return v.h }
func (v void) Write(b []byte) (int, error) { return len(b), nil }
func (v void) WriteHeader(int)             {}

func BenchmarkShow(b *testing.B) {
	for name, encoding := range map[string]string{"plain": "", "zipped": "gzip"} {
		b.Run(name, func(b *testing.B) {
			r := httptest.NewRequest("GET", "/", nil)
			r.Header.Set("Accept-Encoding", encoding)
			b.ReportAllocs()
			for b.Loop() {
				page.Show(void{http.Header{}}, r, rows{})
			}
		})
	}
}
