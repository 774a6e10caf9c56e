package cases_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/handling/cases"
)

// foreseen holds what a fact foresees of its reading against its reading.
func foreseen(t *testing.T, m cases.Moved) (knows bool) {
	body, err := json.Marshal(m)
	if err != nil {
		return false // it will not be kept
	}
	var read cases.Moved
	if err := json.Unmarshal(body, &read); err != nil {
		return false // nor would it be read
	}
	as, knows := m.AsRead()
	if knows && !reflect.DeepEqual(as, event.Fact(read)) {
		t.Errorf("%s\nreads as %+v\nand not as %+v", body, read, as)
	}
	return knows
}

// Whatever a usual act may bring, empty or not, either it is known how it reads or it
// is said that it is not known.
func TestAFactReadsAsItForesees(t *testing.T) {
	for _, act := range []cases.Act{cases.Submit, cases.Accept, cases.Review, cases.Decide, cases.Certify} {
		m := cases.Moved{Case: "c1", Seq: 2, Act: act, From: cases.Received, To: cases.Accepted, At: event.Moment(time.Now())}
		if !foreseen(t, m) {
			t.Errorf("%s is not known to read as it was said", act)
		}
		for i := range reflect.TypeFor[cases.Moved]().NumField() {
			for many := range 2 {
				one := m
				if field := reflect.ValueOf(&one).Elem().Field(i); field.CanSet() && field.Type() != reflect.TypeFor[time.Time]() && field.Type() != reflect.TypeFor[cases.Act]() {
					fill(field, many, 6)
				}
				foreseen(t, one)
			}
		}
	}
}

// fill makes a value of which no part is absent, each list and table of which has so
// many entries.
func fill(v reflect.Value, many, deep int) {
	if deep == 0 {
		return // of some the parts are alike without end
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64, reflect.Uint8:
		v.Set(reflect.ValueOf(3).Convert(v.Type()))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), many, deep-1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), many, many))
		for i := range many {
			fill(v.Index(i), many, deep-1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range many {
			key, one := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(key, many, deep-1)
			fill(one, many, deep-1)
			v.SetMapIndex(key, one)
		}
	case reflect.Interface:
		v.Set(reflect.ValueOf("x"))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Now().In(calendar.Zone)))
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), many, deep-1)
			}
		}
	}
}
