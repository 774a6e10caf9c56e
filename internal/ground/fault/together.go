package fault

import (
	"errors"
	"slices"
)

// Together is all that is wrong with a request at once: the first fault, with the
// places of the others that are also for whoever asked to change, each place once;
// nil if nothing is wrong. What cannot be changed in the request comes alone.
func Together(all ...error) error {
	all = slices.DeleteFunc(slices.Clone(all), func(err error) bool { return err == nil })
	for _, err := range all {
		if Of(err) != Invalid || len(Fields(err)) == 0 {
			return err
		}
	}
	if len(all) == 0 {
		return nil
	}
	first, _ := errors.AsType[*Error](all[0])
	for _, err := range all[1:] {
		for _, f := range Fields(err) {
			if !slices.ContainsFunc(first.Fields, func(old Field) bool { return old.Path == f.Path }) {
				first = first.At(f.Path, f.Code, "%s", f.Say)
			}
		}
	}
	return first
}

// When is the fault of what is wrong, and nil where nothing is: rules that are told
// Together are written one below the other.
func When(wrong bool, e *Error) error {
	if wrong {
		return e
	}
	return nil
}
