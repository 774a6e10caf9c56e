package ink

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
)

// A Signature is what a fact keeps of one: whose it is, and the file of its
// strokes; without one the name was typed.
type Signature struct {
	Name string `json:"name"`
	Hash string `json:"hash,omitempty"` // of the strokes, see Open

	// Given in front of a screen of ours: when, and at which.
	At    time.Time `json:"at,omitzero"`
	Where string    `json:"where,omitempty"` // 3 号窗签署屏
}

// Drawn reports whether the signature was drawn, and not typed.
func (s Signature) Drawn() bool { return s.Hash != "" }

// Way is how it was given, in words.
func (s Signature) Way() string {
	way := "输入姓名确认"
	if s.Drawn() {
		way = "手写签名"
	}
	if s.Where != "" {
		way = "在" + s.Where + way
	}
	return way
}

// mostBytes is how large a file of strokes may be.
const mostBytes = 64 << 10

var kept = blob.Limit{Types: []blob.Type{blob.Text}, Bytes: mostBytes}

// Sign takes the signature of the person called name: the strokes they drew or,
// if there are none, the name as they typed it, which must be theirs. Faults are
// those of Parse, and ink.name.
func Sign(ctx context.Context, files blob.Store, name, drawn, typed string) (Signature, error) {
	if strings.TrimSpace(drawn) == "" && typed != "" {
		if squeezed(typed) != squeezed(name) {
			return Signature{}, fault.New(fault.Invalid, "ink.name", "输入的姓名与签名人（%s）不一致，请核对后重新输入", name)
		}
		return Signature{Name: name}, nil
	}
	d, err := Parse(drawn)
	if err != nil {
		return Signature{}, err
	}
	ref, err := files.Put(ctx, strings.NewReader(head+d.String()+"\n"), kept)
	if err != nil {
		return Signature{}, fmt.Errorf("keep signature: %w", err)
	}
	return Signature{Name: name, Hash: ref.Hash}, nil
}

// head is the first line of a file of strokes.
const head = "手写签名 600x200\n"

func squeezed(name string) string { return strings.Join(strings.Fields(name), "") }

// Open reads the strokes of a drawn signature. Fault: blob.none.
func Open(ctx context.Context, files blob.Store, s Signature) (Drawing, error) {
	if !s.Drawn() {
		return nil, nil
	}
	file, err := files.Open(ctx, s.Hash)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, mostBytes))
	if err != nil {
		return nil, fmt.Errorf("read signature %s: %w", s.Hash, err)
	}
	return Parse(strings.TrimPrefix(string(text), head))
}
