package sqldb

import "context"

type traceKey struct{}

// Asked is one question to the database.
type Asked struct {
	Query string
	Args  []any
}

// Tracing has every question that is asked with the ctx it returns told to note,
// one after another: to look at how they are answered.
func Tracing(ctx context.Context, note func(Asked)) context.Context {
	return context.WithValue(ctx, traceKey{}, note)
}

func trace(ctx context.Context, query string, args []any) {
	if note, ok := ctx.Value(traceKey{}).(func(Asked)); ok {
		note(Asked{query, args})
	}
}
