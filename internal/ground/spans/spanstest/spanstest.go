// Package spanstest is a collector of spans for tests.
package spanstest

import (
	"compress/gzip"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"

	"tongban/internal/ground/spans"
)

// A Span is what came of one.
type Span struct {
	Name, ID, Parent, Trace string
	Failed                  string // the fault's code
	Labels                  map[string]string
}

// Collect sends all spans to a collector of the test's own until the function it
// returns is called, which gives what came.
func Collect(t *testing.T) func() []Span {
	t.Helper()
	var mu sync.Mutex
	var all []Span
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		all = append(all, read(t, r)...)
	}))
	t.Cleanup(server.Close)
	stop, err := spans.Send(t.Context(), server.URL, 1)
	if err != nil {
		t.Fatal(err)
	}
	return func() []Span {
		if err := stop(t.Context()); err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		return all
	}
}

func read(t *testing.T, r *http.Request) (all []Span) {
	var body io.Reader = r.Body
	if strings.Contains(r.Header.Get("Content-Encoding"), "gzip") {
		unzipped, err := gzip.NewReader(r.Body)
		if err != nil {
			t.Error(err)
			return nil
		}
		body = unzipped
	}
	text, err := io.ReadAll(body)
	var sent collector.ExportTraceServiceRequest
	if err != nil || proto.Unmarshal(text, &sent) != nil || r.URL.Path != "/v1/traces" {
		t.Error("not what a collector takes:", r.URL.Path, err)
		return nil
	}
	for _, resource := range sent.GetResourceSpans() {
		for _, scope := range resource.GetScopeSpans() {
			for _, s := range scope.GetSpans() {
				one := Span{s.GetName(), hex.EncodeToString(s.GetSpanId()), hex.EncodeToString(s.GetParentSpanId()), hex.EncodeToString(s.GetTraceId()), s.GetStatus().GetMessage(), map[string]string{}}
				for _, a := range s.GetAttributes() {
					one.Labels[a.GetKey()] = a.GetValue().GetStringValue()
				}
				all = append(all, one)
			}
		}
	}
	return all
}
