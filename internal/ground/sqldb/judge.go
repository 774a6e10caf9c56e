package sqldb

import (
	"context"

	"tongban/internal/ground/fault"
)

type withheld struct{}

// Judge does an act, unless what it was asked with was refused before, such as a day
// that does not exist: then the rules judge the rest, nothing is kept, and whoever
// asked learns everything at once. The act must use the ctx it is given.
func Judge(ctx context.Context, refused error, act func(context.Context) error) error {
	if refused == nil {
		return act(ctx)
	}
	return fault.Together(refused, act(context.WithValue(ctx, withheld{}, refused)))
}

// Judged is Judge for an act that answers.
func Judged[T any](ctx context.Context, refused error, act func(context.Context) (T, error)) (done T, err error) {
	err = Judge(ctx, refused, func(ctx context.Context) (err error) {
		done, err = act(ctx)
		return err
	})
	return done, err
}

// held is why nothing is kept with ctx; nil where it is.
func held(ctx context.Context) error {
	refused, _ := ctx.Value(withheld{}).(error)
	return refused
}
