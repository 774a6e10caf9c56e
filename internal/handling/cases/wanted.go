package cases

import "tongban/internal/ground/fault"

// wanted refuses an act that says nothing at a place where it has to say something.
func wanted(act Act, at, text, say string) error {
	return fault.When(text == "", fault.New(fault.Invalid, "cases."+string(act)+"."+at, "%s", say).At(at, "required", "%s", say))
}

// laterField is what wanted says, of what cannot be told by a text alone.
func laterField(act Act, at, say string) error { return wanted(act, at, "", say) }
