package sqldb

import "errors"

// Walk shows everything that page lists, a page after another: those that follow a
// key, the first ones after the zero K. It ends with the first fault of either.
func Walk[K, T any](page func(after K) ([]T, error), key func(T) K, see func(T) error) error {
	var after K
	for {
		all, err := page(after)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, one := range all {
			if err := see(one); err != nil {
				return err
			}
		}
		after = key(all[len(all)-1])
	}
}

// WalkOn is a Walk that goes on where see fails: what is wrong with one thing keeps no
// other waiting. Its fault is all of them.
func WalkOn[K, T any](page func(after K) ([]T, error), key func(T) K, see func(T) error) error {
	var failed []error
	err := Walk(page, key, func(one T) error {
		if err := see(one); err != nil {
			failed = append(failed, err)
		}
		return nil
	})
	return errors.Join(append(failed, err)...)
}
