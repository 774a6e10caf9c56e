// Package fault says how a request failed, once, in words that both a person
// and a program can act on.
//
// A room returns a fault for every failure it foresaw. Anything else that comes
// back as an error was not foreseen: it is Internal, it is logged, and the
// person is told only that the fault is ours.
package fault

import (
	"context"
	"errors"
	"fmt"
)

// A Kind tells the caller what kind of thing to do next.
type Kind uint8

// The kinds of fault, each with what the caller does next.
const (
	Internal  Kind = iota // ours: try later
	Invalid               // theirs: change the request
	NotFound              // no such thing, or not for these eyes
	Forbidden             // a thing they may see but not do
	Conflict              // it changed since they looked: look again
	SignIn                // we do not know who they are: sign in first
	TooOften              // slow down, then try again
	TooLarge              // send less
	Busy                  // we are full or a partner is away: try again later
)

// Error is a failure that was foreseen.
type Error struct {
	Kind   Kind
	Code   string  // stable, for programs: "cases.accept.state"
	Say    string  // for the person in front of the screen, and what to do next
	Fields []Field // where in the request, if it can be said
}

// A Field is one place in a request that must be changed.
type Field struct {
	Path string // "applicant.phone", "materials[2].basis", "sheet 材料 row 7 column C"
	Code string // stable, for programs: "required"
	Say  string // "请填写手机号码"
}

func (e *Error) Error() string { return e.Code + ": " + e.Say }

// New makes a fault; say is formatted like fmt.Sprintf.
func New(kind Kind, code, say string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Say: fmt.Sprintf(say, args...)}
}

// At returns the fault with one more place in the request that must change.
func (e *Error) At(path, code, say string, args ...any) *Error {
	more := *e
	more.Fields = append(e.Fields[:len(e.Fields):len(e.Fields)], Field{path, code, fmt.Sprintf(say, args...)})
	return &more
}

// With returns the fault with places that were found elsewhere, each below a path.
func (e *Error) With(below string, places []Field) *Error {
	for _, f := range places {
		e = e.At(below+f.Path, f.Code, "%s", f.Say)
	}
	return e
}

// Of returns the kind of err: Internal for an error nobody foresaw.
func Of(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Mendable reports whether whoever asked can put err right where they asked: by
// changing what they entered, or by looking again at what changed meanwhile.
func Mendable(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && (e.Kind == Invalid || e.Kind == Conflict)
}

// Left reports whether err is only that whoever asked has gone: nobody's fault.
func Left(err error) bool { return Of(err) == Internal && errors.Is(err, context.Canceled) }

// Code returns the stable code of err, "left" where whoever asked has gone, or
// "internal".
func Code(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	if Left(err) {
		return "left"
	}
	return "internal"
}

// Say returns the sentence to show, and never the insides of an unforeseen error.
func Say(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Say
	}
	return "系统出了问题，请稍后再试"
}

// Fields returns the places in the request that must change, if they are known.
func Fields(err error) []Field {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Fields
	}
	return nil
}
