package spans_test

import (
	"context"
	"testing"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/spans"
	"tongban/internal/ground/spans/spanstest"
)

func TestSpansStandInOneAnotherAndNameTheirFault(t *testing.T) {
	collected := spanstest.Collect(t)
	ctx, end := spans.Begin(t.Context(), "request", "request", "K7QM2-9XV4T")
	_, inner := spans.Begin(ctx, "read", "sql", "SELECT a FROM b WHERE c = $1")
	inner(fault.New(fault.Busy, "sqldb.busy", "请稍后再试"))
	spans.Name(ctx, "GET /items/{item}", "status", "503")
	end(nil)
	all := collected()
	if len(all) != 2 {
		t.Fatal(all)
	}
	read, request := all[0], all[1]
	if read.Parent != request.ID || read.Trace != request.Trace || read.Failed != "sqldb.busy" || read.Labels["sql"] == "" {
		t.Errorf("%+v", read)
	}
	if request.Name != "GET /items/{item}" || request.Labels["status"] != "503" || request.Labels["request"] != "K7QM2-9XV4T" || request.Failed != "" {
		t.Errorf("%+v", request)
	}
}

func TestWithoutACollectorNothingIsMade(t *testing.T) {
	ctx := t.Context()
	made := testing.AllocsPerRun(100, func() {
		inside, end := spans.Begin(ctx, "read", "sql", "SELECT 1")
		spans.Name(inside, "x")
		end(nil)
	})
	if made > 0 {
		t.Errorf("%.0f allocations for nothing", made)
	}
}

// A collector that is away costs the one who works nothing but its spans.
func TestACollectorThatIsAwayHoldsUpNobody(t *testing.T) {
	stop, err := spans.Send(t.Context(), "http://127.0.0.1:1", 1)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	for range 5000 {
		_, end := spans.Begin(t.Context(), "read")
		end(nil)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Error("5000 spans took", took)
	}
	ending, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	stop(ending) // what is lost is lost
	if _, err := spans.Send(t.Context(), "collector:4318", 1); fault.Code(err) != "spans.address" {
		t.Error(err)
	}
}
