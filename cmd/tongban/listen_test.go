package main

import (
	"strings"
	"testing"

	"tongban/internal/app"
	"tongban/internal/ground/fault"
)

func TestAnAddressThatCannotBeTakenSaysWhatToDo(t *testing.T) {
	taken, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for address, say := range map[string]string{
		taken.Addr().String(): "换一个端口",
		"192.0.2.1:8080":      "0.0.0.0",
		"127.0.0.1:80x":       "地址:端口",
		"8080":                "地址:端口",
	} {
		if l, err := listen(address); err == nil {
			l.Close()
			t.Errorf("%s is taken", address)
		} else if fault.Of(err) != fault.Invalid || !strings.Contains(fault.Say(err), say) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestAFolderWithoutACityIsNoCityInGoodOrder(t *testing.T) {
	p := place{Data: t.TempDir()}
	if err := (&audit{place: p}).Run(); fault.Code(err) != "place.empty" {
		t.Errorf("audited: %v", err)
	}
	a, err := p.begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	if err := (&audit{place: p}).Run(); err != nil {
		t.Errorf("a city that has begun: %v", err)
	}
}

func TestWhatCannotBeOpenedSaysWhatToCorrect(t *testing.T) {
	for _, db := range []string{"mysql://db/tongban", "postgres://[bad", "postgres:///tongban?host=/nowhere"} {
		if _, err := app.Open(t.Context(), app.Settings{Data: t.TempDir(), DB: db}); !strings.Contains(fault.Say(err), "--db") || fault.Of(err) != fault.Invalid {
			t.Errorf("%s: %v", db, err)
		}
	}
	if _, err := app.Open(t.Context(), app.Settings{Data: "/proc/tongban"}); fault.Code(err) != "app.open.data" {
		t.Errorf("%v", err)
	}
}
