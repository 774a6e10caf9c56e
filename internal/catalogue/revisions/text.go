package revisions

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"

	"tongban/internal/catalogue/items"
)

// Clone is a copy that may be changed; it copies also what could not be
// written down, such as a limit in a unit nobody knows.
func Clone(e *items.Edition) *items.Edition {
	copied := deep(reflect.ValueOf(*e)).Interface().(items.Edition)
	return &copied
}

// deep copies a value with all that its slices and pointers lead to.
func deep(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			out.Field(i).Set(deep(v.Field(i)))
		}
	case reflect.Slice:
		if v.IsNil() {
			break
		}
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(deep(v.Index(i)))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(deep(v.Elem()))
		}
	}
	return out
}

// digest names a text in the facts of its revision.
func digest(e *items.Edition) (string, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("write edition %s: %w", e.Item, err)
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:]), nil
}

// happen makes m true of the revision and notes in it which text was meant.
func (r *Revision) happen(m *Moved) (err error) {
	r.Apply(*m)
	r.Asked = m.Request
	m.Digest, err = digest(r.Text)
	return err
}
