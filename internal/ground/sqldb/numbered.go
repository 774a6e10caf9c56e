package sqldb

import "tongban/internal/ground/fault"

// numberTries is how many numbers a new thing is offered before it is refused.
const numberTries = 5

// Numbered keeps a new thing under a key whose number (the Short of it) no other has:
// keep is given one key after the other as long as it answers taken, the fault of a
// store that has the number already.
func Numbered(newID func() string, taken error, keep func(id string) error) error {
	id := ""
	for range numberTries {
		id = otherNumber(newID, id)
		if err := keep(id); fault.Code(err) != fault.Code(taken) {
			return err
		}
	}
	return taken
}

// otherNumber makes a key whose number is not that of id: those of one millisecond are alike.
func otherNumber(newID func() string, id string) string {
	next := newID()
	for range 1 << 12 {
		if Short(next) != Short(id) {
			break
		}
		next = newID()
	}
	return next
}
