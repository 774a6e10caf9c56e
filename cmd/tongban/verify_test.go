package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/witness"
)

func TestAProofIsVerifiedWithoutThePlatform(t *testing.T) {
	a, err := app.Open(t.Context(), app.Settings{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, _, err := a.LoadSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.Post.DeliverAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	day := calendar.DayOf(time.Now()).String()
	if err := a.Witness.Seal(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	proof, err := a.Witness.Prove(t.Context(), "item:food-permit", 1, true)
	if err != nil {
		t.Fatal(err)
	}
	roots, err := a.Witness.Roots(t.Context(), "", 10)
	if err != nil {
		t.Fatal(err)
	}
	keep := func(name string, v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	good, file := keep("proof.json", proof), keep("integrity.json", roots)
	forged := proof
	forged.Fact = &witness.Content{Prev: proof.Fact.Prev, Name: proof.Fact.Name, At: proof.Fact.At, Body: strings.Replace(proof.Fact.Body, "food", "fool", 1)}
	for _, tt := range []struct {
		name string
		c    verify
		says string // the refusal; empty: proven
	}{
		{"by the file of roots", verify{File: good, Roots: file}, ""},
		{"by a root noted down", verify{File: good, Day: day + "=" + roots[0].Hash}, ""},
		{"by another root", verify{File: good, Day: day + "=" + strings.Repeat("0", 64)}, "与公布的不符"},
		{"by the root of another day", verify{File: good, Day: "2020-01-01=" + roots[0].Hash}, "与公布的不符"},
		{"without a root", verify{File: good}, "--roots"},
		{"by roots without that day", verify{File: good, Roots: keep("none.json", []witness.Root{})}, "没有" + day},
		{"forged", verify{File: keep("forged.json", forged), Roots: file}, "内容被改动过"},
	} {
		err := tt.c.Run()
		if (err == nil) != (tt.says == "") || err != nil && !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
