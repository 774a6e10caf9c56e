// Package spans tells where the time of a request went (链路跟踪): through the
// door, the act, the reads and writes of the database, leases, queues and calls
// to others, as OpenTelemetry spans to a collector. It is off unless the operator
// names one; then Begin costs a look at a pointer.
//
// No span holds what belongs to a person: statements stand in them without their
// values, faults by their code, addresses by their pattern.
package spans

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"sync/atomic"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"tongban/internal/ground/fault"
)

// tracer is nil while nobody wants spans.
var tracer atomic.Pointer[trace.Tracer]

// Send sends spans to a collector that speaks OTLP by HTTP, such as
// "http://127.0.0.1:4318", of so large a share of all requests (0 to 1), until
// stop. A collector that is away holds up nobody: its spans are lost, and the log
// says so. Fault: spans.address.
func Send(ctx context.Context, address string, share float64) (stop func(context.Context) error, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fault.New(fault.Invalid, "spans.address", "跟踪收集器的地址应为 http://主机:4318：%q", address)
	}
	if !(share > 0 && share <= 1) {
		return nil, fault.New(fault.Invalid, "spans.share", "跟踪的部分（--traces-share）应大于 0，不大于 1：%v", share)
	}
	if u.Path == "" || u.Path == "/" {
		u.Path = "/v1/traces"
	}
	out, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(u.String()))
	if err != nil {
		return nil, fmt.Errorf("send spans: %w", err)
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { slog.Warn("spans lost", "err", err) }))
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(out), sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(share))),
		sdktrace.WithResource(resource.NewSchemaless(attribute.String("service.name", "tongban"))))
	t := provider.Tracer("tongban")
	tracer.Store(&t)
	return func(ctx context.Context) error {
		tracer.Store(nil)
		return provider.Shutdown(ctx)
	}, nil
}

// Begin begins a span within the one that ctx carries; labels are names and
// values in turn. End it with how it went.
func Begin(ctx context.Context, name string, labels ...string) (context.Context, func(error)) {
	t := tracer.Load()
	if t == nil {
		return ctx, nothing
	}
	ctx, span := (*t).Start(ctx, name, trace.WithAttributes(pairs(labels)...))
	return ctx, func(err error) {
		if err != nil {
			span.SetStatus(codes.Error, fault.Code(err))
		}
		span.End()
	}
}

func nothing(error) {}

// Name gives the span that ctx carries its name, when it is known at last, and
// more labels.
func Name(ctx context.Context, name string, labels ...string) {
	if tracer.Load() == nil {
		return
	}
	span := trace.SpanFromContext(ctx)
	span.SetName(name)
	span.SetAttributes(pairs(labels)...)
}

// longest is how much of a label is kept, in bytes.
const longest = 300

func pairs(labels []string) []attribute.KeyValue {
	all := make([]attribute.KeyValue, 0, len(labels)/2)
	for i := 0; i+1 < len(labels); i += 2 {
		all = append(all, attribute.String(labels[i], labels[i+1][:min(len(labels[i+1]), longest)]))
	}
	return all
}
