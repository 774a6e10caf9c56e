package casestore

import (
	"reflect"
	"testing"

	"tongban/internal/handling/cases"
)

// replaced are the pointers of a case that acts replace and never write through.
var replaced = map[string]bool{"Archived": true, "Check": true, "Decision": true, "Delivered": true, "Hearing": true, "Linkage": true, "Later": true, "Credit": true, "Panel": true, "Place": true, "Testers": true, "FirstReview": true, "Prejudged": true}

// Whoever changes a case that others read must not write into what they read:
// a new list of a case has to be copied by own.
func TestACopyToChangeSharesNoList(t *testing.T) {
	c := &cases.Case{}
	fields := reflect.ValueOf(c).Elem()
	for i := range fields.NumField() {
		if f := fields.Field(i); f.Kind() == reflect.Slice {
			f.Set(reflect.MakeSlice(f.Type(), 1, 4))
		}
	}
	copied, _ := own(c)
	copies := reflect.ValueOf(copied).Elem()
	for i := range fields.NumField() {
		name, f := fields.Type().Field(i).Name, fields.Field(i)
		if f.Kind() == reflect.Slice && f.Pointer() == copies.Field(i).Pointer() {
			t.Errorf("the copy shares %s", name)
		}
		if f.Kind() == reflect.Pointer && !replaced[name] {
			t.Errorf("is %s replaced as a whole? then say so here", name)
		}
	}
}

func TestACaseIsTakenOnceUntilItIsKeptAgain(t *testing.T) {
	var l lately
	c := &cases.Case{ID: "c1"}
	c.Head.Seq = 1
	l.put(c)
	if _, ok := l.take("c1"); !ok {
		t.Fatal("not there")
	}
	if _, ok := l.take("c1"); ok {
		t.Error("taken twice")
	}
	if seen, ok := l.look("c1"); !ok || seen.Head.Seq != 1 {
		t.Error("cannot be looked at while it is changed")
	}
	next := *c
	next.Head.Seq = 2
	l.put(&next)
	if again, ok := l.take("c1"); !ok || again.Head.Seq != 2 {
		t.Error("not there after it was kept")
	}
}
