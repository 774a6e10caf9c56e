package fault

import "errors"

// Placed is err at one place of the request, where it names none itself. An error
// nobody foresaw stays as it is.
func Placed(err error, path string) error {
	e, foreseen := errors.AsType[*Error](err)
	if !foreseen || len(e.Fields) > 0 {
		return err
	}
	return e.At(path, e.Code, "%s", e.Say)
}

// Retold is err with its places as whoever shows it knows them: as tells each, or
// that it is left out.
func Retold(err error, as func(Field) (Field, bool)) error {
	e, foreseen := errors.AsType[*Error](err)
	if !foreseen {
		return err
	}
	told := *e
	told.Fields = nil
	for _, f := range e.Fields {
		if f, is := as(f); is {
			told.Fields = append(told.Fields, f)
		}
	}
	return &told
}
